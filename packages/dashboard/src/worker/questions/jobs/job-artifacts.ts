/** The manifest of a job: its artifacts with their digests. null: it has none. */
import { type Manifest, manifestFrom, type Time } from '@gityard/domain';
import { SourceFailure } from '../../sources/source.ts';
import { jsonIn } from '../json-in.ts';
import type { Reading } from '../question.ts';
import { idOf, stateFile } from '../state-files.ts';

export interface ArtifactsAsked {
  readonly id: string;
  readonly at: string | null;
  readonly endedAt: Time | null;
}

export async function jobArtifacts(reading: Reading, { id, at, endedAt }: ArtifactsAsked): Promise<Manifest | null> {
  const found = await stateFile(reading, { folder: 'manifests', id, at, endedAt });
  if (!found || idOf(found.path) !== id) return null;
  const manifest = manifestFrom(jsonIn(found.bytes));
  if (manifest.ok) return manifest.value;
  throw new SourceFailure({ kind: 'invalid', reason: `the manifest of ${id} cannot be read: ${manifest.reason}` });
}
