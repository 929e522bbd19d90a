/** What was installed for one agent, so that taking it away takes exactly that. Written before the first step, and after the last. */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeDurably } from '@gityard/yard';
import { CliError } from '../../errors.ts';
import type { DaemonFacts, Installed, ServiceName } from '../plan.ts';

export interface InstalledFile {
  readonly path: string;
  readonly sha256: string;
  /** A person writes into it: where they did, it stays, and nobody has to know of it any more. */
  readonly isForPerson: boolean;
  /** In base64, what was there before and was replaced; null: nothing was. */
  readonly before: string | null;
}

export interface ServiceManifest extends Installed {
  readonly schemaVersion: 1;
  readonly service: ServiceName;
  readonly home: string;
  readonly script: string;
  readonly daemon: DaemonFacts;
  readonly files: readonly InstalledFile[];
  /** Those that were not there before. */
  readonly folders: readonly string[];
  /** The lines of its block in the crontab; null: it has none. */
  readonly crontab: readonly string[] | null;
  /** Every step was done. */
  readonly isComplete: boolean;
}

export const manifestPath = (config: string, id: string): string => join(config, 'services', `${id}.json`);

/** Undefined: nothing was installed. */
export async function readManifest(path: string): Promise<ServiceManifest | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return checked(JSON.parse(text));
  } catch (cause) {
    const hint = 'mend it, or remove it together with the files that it names';
    throw new CliError('INVALID_DATA', `${path} cannot be read: ${(cause as Error).message}`, { hint, cause });
  }
}

/** Those that other agents of this machine made. The last of them removes what all had, once it is empty. */
export async function foldersOfOthers(path: string): Promise<readonly string[]> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  const others = names.filter((it) => it.endsWith('.json')).map((it) => readManifest(join(folder, it)));
  return [...new Set((await Promise.all(others)).flatMap((it) => it?.folders ?? []))];
}

export const writeManifest = (path: string, manifest: ServiceManifest): Promise<void> =>
  writeDurably(path, `${JSON.stringify(manifest, null, 2)}\n`);

function checked(data: unknown): ServiceManifest {
  const { schemaVersion, id, files, folders } = (data ?? {}) as Partial<ServiceManifest>;
  if (schemaVersion !== 1) throw new Error(`schemaVersion is ${schemaVersion}, this program knows 1`);
  if (typeof id !== 'string' || !Array.isArray(files) || !Array.isArray(folders)) throw new Error('a field is missing');
  if (![...files.map((it) => it?.path), ...folders].every((it) => typeof it === 'string'))
    throw new Error('a path is no text');
  return data as ServiceManifest;
}
