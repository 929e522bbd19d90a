/** Brings one artifact from a store into a part file, behind what an interrupted try left there, unpacked where it was packed. */
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Artifact, Manifest } from '@gityard/domain';
import type { ObjectStore } from '../../stores/object-store.ts';
import { placedKey, prefixOf } from './placed-key.ts';

export type PlacedManifest = Pick<Manifest, 'job' | 'token' | 'artifacts' | 'store'>;

/** False: the store has no such object. Whether the bytes are right is for the caller to check. */
export async function fetchPlaced(
  store: ObjectStore,
  manifest: PlacedManifest,
  { artifact, part }: { artifact: Artifact; part: string },
): Promise<boolean> {
  const { key, isPacked } = placedKey(manifest.store?.prefix ?? prefixOf(manifest), artifact, manifest.artifacts);
  if (!isPacked) return store.get(key, part);
  const packed = `${part}.gz`;
  if (!(await store.get(key, packed))) return false;
  await rm(part, { force: true });
  await pipeline(
    createReadStream(packed),
    createGunzip(),
    atMost(artifact.sizeBytes),
    createWriteStream(part, { flags: 'wx' }),
  ).catch((error: NodeJS.ErrnoException) => {
    // What cannot be unpacked is damaged, as the digests will say; a full disk is another matter.
    if (error.syscall !== undefined) throw error;
  });
  await rm(packed, { force: true });
  return true;
}

/** A few packed bytes can become any number. */
function atMost(bytes: number): Transform {
  let left = bytes;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      left -= chunk.length;
      done(left < 0 ? new Error('it is larger than its manifest says') : null, chunk);
    },
  });
}
