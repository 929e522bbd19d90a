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
  },
  ['job', 'agent', 'token', 'createdAt'],
);

export type Manifest = TypeOf<typeof manifestSchema>;
export type Artifact = TypeOf<typeof artifactSchema>;
