/** The bytes of builds wherever they lie, a folder of this machine or a store: what is there, and how it is removed. */
import { stat } from 'node:fs/promises';
import type { Removal, StoredBuild } from '@gityard/domain';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { artifactStore, isRemote } from './artifact-store.ts';
import { storeRoot } from './store-root.ts';

export interface HeldBytes {
  readonly name: string;
  builds(): Promise<readonly StoredBuild[]>;
  remove(removal: Removal): Promise<void>;
  /** Null: nobody says how much there may be. */
  freeBytes(): Promise<number | null>;
}

export async function heldBytes(context: Context, named: string | undefined): Promise<HeldBytes> {
  const { freeBytesAt, removeRemote, removeStored, remoteBuilds, storedBuilds } = await import('@gityard/builder');
  if (isRemote(named)) {
    const store = await artifactStore(context, named);
    if (!store) throw new CliError('NOT_FOUND', `there is no store ${named}`, { hint: 'name another with --store' });
    return {
      name: store.name,
      builds: () => remoteBuilds(store),
      remove: (removal) => removeRemote(store, removal),
      freeBytes: async () => null,
    };
  }
  const root = await storeRoot(context, named);
  if (named !== undefined && (await stat(root).catch(() => null)) === null)
    throw new CliError('NOT_FOUND', `there is no artifact store ${root}`, { hint: 'name another with --store' });
  return {
    name: root,
    builds: () => storedBuilds(root),
    remove: (removal) => removeStored(root, removal),
    freeBytes: () => freeBytesAt(root),
  };
}
