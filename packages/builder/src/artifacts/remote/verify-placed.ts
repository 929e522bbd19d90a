/** Whether a store holds what a manifest says: each artifact is brought, unpacked where it was packed, and looked at. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact } from '@gityard/domain';
import type { ObjectStore } from '../../stores/object-store.ts';
import { digestsOfFile } from '../digests.ts';
import { isInsidePath } from '../safe-path.ts';
import { type Difference, differenceIn, different, UNSAFE, type Verified, verifiedOf } from '../verify-folder.ts';
import { fetchPlaced, type PlacedManifest } from './fetch-placed.ts';
import { placedKey, prefixOf } from './placed-key.ts';

/** @param temporary a folder of our own; one artifact at a time lies there */
export async function verifyPlaced(store: ObjectStore, manifest: PlacedManifest, temporary: string): Promise<Verified> {
  const { artifacts } = manifest;
  const prefix = manifest.store?.prefix ?? prefixOf(manifest);
  const differences: Difference[] = [];
  for (const artifact of artifacts)
    differences.push(...(await differenceOf(artifact, { store, manifest, part: join(temporary, 'part') })));
  const known = new Set(artifacts.map((it) => placedKey(prefix, it, artifacts).key));
  const extra: string[] = [];
  for await (const { key } of store.list(`${prefix}/`)) if (!known.has(key)) extra.push(key.slice(prefix.length + 1));
  return verifiedOf(artifacts, differences, extra);
}

interface Placed {
  readonly store: ObjectStore;
  readonly manifest: PlacedManifest;
  readonly part: string;
}

async function differenceOf(artifact: Artifact, { store, manifest, part }: Placed): Promise<Difference[]> {
  const { path } = artifact;
  if (!isInsidePath(path)) return [different(path, 'unsafe-path', UNSAFE)];
  await rm(part, { force: true });
  if (!(await fetchPlaced(store, manifest, { artifact, part }))) return [different(path, 'missing', 'is missing')];
  try {
    return differenceIn(artifact, await digestsOfFile(part));
  } finally {
    await rm(part, { force: true });
  }
}
