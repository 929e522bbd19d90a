/** Where numbers go that no port answers with. Checked before the work begins. */
import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { usageError } from '../errors.ts';
import type { Io } from './io.ts';
import type { LocalConfigs } from './settings.ts';

/** Those of an agent: flag, environment, then its file. */
export async function metricsFileOf(
  flag: string | undefined,
  { env, cwd }: Pick<Io, 'env' | 'cwd'>,
  { agentFile }: LocalConfigs,
): Promise<string | undefined> {
  const word = flag || env.GITYARD_METRICS_FILE || agentFile.metricsFile || undefined;
  return word === undefined ? undefined : fitTextfile(word, cwd);
}

export async function fitTextfile(word: string, cwd: string): Promise<string> {
  const path = resolve(cwd, word);
  const { unfitTextfile } = await import('@gityard/telemetry');
  const unfit = unfitTextfile(path);
  if (unfit !== null) throw usageError(unfit, 'name a file like gityard.prom in the folder of that collector');
  const folder = await stat(dirname(path)).catch(() => undefined);
  if (folder?.isDirectory()) return path;
  throw usageError(`there is no folder ${dirname(path)} for the metrics`, 'make it, or name another file');
}
