/** The store of artifacts beside the disk of this machine: one that a person names, else the one that its agent uses. */
import { resolve } from 'node:path';
import type { ObjectStore } from '@gityard/builder';
import type { Manifest } from '@gityard/domain';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { storageOf } from '../start/storage.ts';

export const isRemote = (store: string | undefined): store is string => /^(?:s3|azure):/i.test(store ?? '');

/** Null: there is none. */
export async function artifactStore(context: Context, named: string | undefined): Promise<ObjectStore | null> {
  const { env } = context.io;
  const { artifacts, access } = await storageOf(context);
  const address = named === undefined || isRemote(named) ? (named ?? artifacts) : resolve(context.io.cwd, named);
  if (address === undefined) return null;
  const { openStore } = await import('@gityard/builder');
  return openStore({ address, access }, env);
}

/** Whoever made them, and where they may be had. */
export function notHere({ job, agent, store }: Manifest, where: string): CliError {
  const hint =
    store === undefined
      ? `${agent} made them: run this there, or name its store with --store`
      : `they are in ${store.name}: name it with --store, or set GITYARD_ARTIFACTS_STORE`;
  return new CliError('NOT_FOUND', `the artifacts of ${job} are not in ${where}`, { hint });
}
