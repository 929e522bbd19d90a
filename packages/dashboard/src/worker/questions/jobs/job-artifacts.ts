/** The manifest of a job: its artifacts with their digests. null: it has none. */
import { type Manifest, manifestFrom, type Time } from '@gityard/domain';
import { SourceFailure } from '../../sources/source.ts';
import type { Reading } from '../question.ts';
import { parsed } from './find-job.ts';
import { nameOf, pathsBeginning, placeOf, stateFile } from './state-file.ts';

export interface ArtifactsAsked {
  readonly id: string;
  readonly at: string | null;
  readonly endedAt: Time | null;
}

export async function jobArtifacts(reading: Reading, { id, at, endedAt }: ArtifactsAsked): Promise<Manifest | null> {
  const place = placeOf(at);
  const found = await stateFile(reading, { kind: 'manifest', id, place, endedAt });
  const bytes = found?.bytes ?? (await bytesByTree(reading, { id, at }));
  if (!bytes) return null;
  const manifest = manifestFrom(parsed(bytes));
  if (manifest.ok) return manifest.value;
  throw new SourceFailure({ kind: 'invalid', reason: `the manifest of ${id} cannot be read: ${manifest.reason}` });
}

async function bytesByTree(
  reading: Reading,
  { id, at }: Pick<ArtifactsAsked, 'id' | 'at'>,
): Promise<Uint8Array | undefined> {
  const place = placeOf(at);
  const paths = await pathsBeginning(reading, { kind: 'manifest', id, place });
  const path = paths.find((it) => nameOf(it) === id);
  return path === undefined ? undefined : (await reading.file(place, path))?.bytes;
}
