/** Where numbers go that no port answers with. Checked before the work begins. */
import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { usageError } from '../errors.ts';
import type { Io } from './io.ts';
import type { LocalConfigs } from './settings.ts';

export interface AgentFile {
  readonly agent: string;
  readonly flag: string | undefined;
  readonly io: Pick<Io, 'env' | 'cwd'>;
  readonly files: LocalConfigs;
}

/** Those of an agent: flag, environment, then its file. */
export async function metricsFileOf({ agent, flag, io, files }: AgentFile): Promise<string | undefined> {
  const word = flag || io.env.GITYARD_METRICS_FILE || files.agentFile.metricsFile || undefined;
  return word === undefined ? undefined : fitTextfile(word, { cwd: io.cwd, of: agent });
}

/** Of one of those who share a folder. */
export const textfileName = (of: string): string => `gityard-${of}.prom`;

/** In a folder each has a file of its own, so that one setting may do for all agents of a machine. */
export async function fitTextfile(word: string, { cwd, of }: { cwd: string; of: string }): Promise<string> {
  const path = resolve(cwd, word);
  if (await isFolder(path)) return join(path, textfileName(of));
  const { unfitTextfile } = await import('@gityard/telemetry');
  const unfit = unfitTextfile(path);
  if (unfit !== null) throw usageError(unfit, 'name the folder of that collector, or a file like gityard.prom in it');
  if (await isFolder(dirname(path))) return path;
  throw usageError(`there is no folder ${dirname(path)} for the metrics`, 'make it, or name another file');
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
