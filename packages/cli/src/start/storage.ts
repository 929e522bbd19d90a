/** What the owner of this machine set about caches and stores: environment first, then the file of the agent. */
import type { StorageSettings } from '@gityard/builder';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { agentConfigPath } from './user-config.ts';

export async function storageOf(context: Context): Promise<StorageSettings> {
  const [{ storageSettings }, { agentFile }] = await Promise.all([import('@gityard/builder'), context.localConfigs()]);
  try {
    return storageSettings(context.io.env, agentFile);
  } catch (cause) {
    const hint =
      'mend it, e.g. { "artifacts": { "store": "s3://builds" }, "cache": { "redis": "redis://cache:6379" } }';
    throw new CliError('INVALID_DATA', `${agentConfigPath(context.io.env)}: ${(cause as Error).message}`, {
      hint,
      cause,
    });
  }
}
