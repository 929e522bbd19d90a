/** Where the artifacts of a job are had from: a folder that holds them as they were, or a store, where texts lie packed. */
import { stat } from 'node:fs/promises';
import type { ObjectStore } from '@gityard/builder';
import type { Manifest } from '@gityard/domain';
import type { Context } from '../context.ts';
import { artifactStore, isRemote, notHere } from './artifact-store.ts';
import { storeRoot } from './store-root.ts';

/** The disk of this machine first: it is the nearest. */
export async function artifactSource(
  context: Context,
  manifest: Manifest,
  named: string | undefined,
): Promise<string | ObjectStore> {
  const { storedFolder } = await import('@gityard/builder');
  const root = isRemote(named) ? null : await storeRoot(context, named);
  const folder = root === null ? null : storedFolder(root, manifest.job, manifest.token);
  const isPlaced = root !== null && manifest.store?.name === `folder ${root}`;
  if (folder !== null && !isPlaced && (await stat(folder).catch(() => null)) !== null) return folder;
  const store = await artifactStore(context, isPlaced ? (root ?? undefined) : named);
  // Another store than the one that was written down does not have them.
  if (store && (manifest.store === undefined || manifest.store.name === store.name)) return store;
  throw notHere(manifest, store?.name ?? folder ?? 'any store of this machine');
}
