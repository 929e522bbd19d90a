/** `shared/manifests/<job>.json`: the artifacts of a job with their digests. The bytes are elsewhere. */

import { closed, count, listOf, name, nullableBranch, nullableCommit, schemaVersion, text, time } from './schema.ts';
import type { TypeOf } from './type-of.ts';

const hex = (length: number) => ({ type: 'string', pattern: `^[0-9a-f]{${length}}$` }) as const;

export const artifactSchema = closed(
  {
    name: text(255),
    path: { ...text(1000), description: 'relative, with forward slashes' },
    sizeBytes: count,
    contentType: { ...text(200), default: 'application/octet-stream' },
    md5: { ...hex(32), type: ['string', 'null'], default: null },
    sha256: hex(64),
    sha512: { ...hex(128), type: ['string', 'null'], default: null },
  },
  ['name', 'path', 'sizeBytes', 'sha256'],
);

/** Whoever wants the bytes opens the store by his own settings: what stands here only says which of them it is. */
export const placeSchema = closed(
  {
    name: { ...text(300), description: 'of the artifact store, for people and to know it again; never a secret' },
    prefix: { ...text(300), description: 'what the keys of its artifacts begin with there' },
  },
  ['name', 'prefix'],
);

export const manifestSchema = closed(
  {
    schemaVersion,
    job: name,
    agent: name,
    token: count,
    branch: nullableBranch,
    commit: nullableCommit,
    createdAt: time,
    artifacts: listOf(artifactSchema, { maxItems: 10_000 }),
    store: { ...placeSchema, description: 'where the bytes are; left out: with the agent alone' },
  },
  ['job', 'agent', 'token', 'createdAt'],
);

export type Manifest = TypeOf<typeof manifestSchema>;
export type ArtifactPlace = TypeOf<typeof placeSchema>;
export type Artifact = TypeOf<typeof artifactSchema>;
