/** Where the cache of this machine lies, and how large it may grow. */
import type { Context } from '../context.ts';
import { storageOf } from '../start/storage.ts';
import { homePath } from '../start/user-config.ts';

export async function cacheRoot(context: Context): Promise<{ folder: string; budgetBytes: number }> {
  const [{ CACHE_BUDGET_BYTES, cacheFolder, cacheSettings }, { buildFolder }] = await Promise.all([
    import('@gityard/builder'),
    import('@gityard/agent'),
  ]);
  const settings = cacheSettings(await storageOf(context));
  const { folder = cacheFolder(buildFolder(homePath(context.io.env))), budgetBytes = CACHE_BUDGET_BYTES } = settings;
  return { folder, budgetBytes };
}
