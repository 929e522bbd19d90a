/** Where artifacts lie on this machine: what its agent collected, or a folder that several machines share. */
import { resolve } from 'node:path';
import type { Context } from '../context.ts';
import { usageError } from '../errors.ts';
import { option } from '../parameters.ts';
import { homePath } from '../start/user-config.ts';
import { isRemote } from './artifact-store.ts';

export const storeOption = option(
  'folder',
  'the artifact store, a folder, s3://… or azure://…; else that of the agent of this machine (GITYARD_HOME)',
);

export async function storeRoot({ io }: Context, named: string | undefined): Promise<string> {
  if (isRemote(named))
    throw usageError(`${named} cannot be looked into here`, 'copy from it first with gityard artifact get');
  if (named !== undefined) return resolve(io.cwd, named);
  const [{ storeIn }, { buildFolder }] = await Promise.all([import('@gityard/builder'), import('@gityard/agent')]);
  return storeIn(buildFolder(homePath(io.env)));
}
