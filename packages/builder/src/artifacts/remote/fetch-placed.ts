/** Brings one artifact from a store into a part file, behind what an interrupted try left there, unpacked where it was packed. */
import { rm } from 'node:fs/promises';
import type { Artifact, Manifest } from '@gityard/domain';
import type { ObjectStore } from '../../stores/object-store.ts';
import { mostPacked, unpackInto } from '../../stores/packed.ts';
import { placedKey, prefixOf } from './placed-key.ts';

export type PlacedManifest = Pick<Manifest, 'job' | 'token' | 'artifacts' | 'store'>;

/** False: the store has no such object. Whether the bytes are right is for the caller to check. */
export async function fetchPlaced(
  store: ObjectStore,
  manifest: PlacedManifest,
  { artifact, part }: { artifact: Artifact; part: string },
): Promise<boolean> {
  const { key, isPacked } = placedKey(manifest.store?.prefix ?? prefixOf(manifest), artifact, manifest.artifacts);
  const { sizeBytes } = artifact;
  if (!isPacked) return store.get(key, part, { mostBytes: sizeBytes });
  const packed = `${part}.gz`;
  if (!(await store.get(key, packed, { mostBytes: mostPacked(sizeBytes) }))) return false;
  await rm(part, { force: true });
  await unpackInto(part, packed, { mostBytes: sizeBytes });
  await rm(packed, { force: true });
  return true;
}
