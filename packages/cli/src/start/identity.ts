/** As which agent a command acts, by the order of INTERFACE §3. Ids are lower case and fit a file name. */
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { idFrom } from '@gityard/domain';
import { usageError } from '../errors.ts';

export interface Identity {
  readonly id: string;
  /** For `config show` and messages. */
  readonly source: string;
}

export interface IdentityPlaces {
  readonly flag: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** From the agent's or the user's file of settings. */
  readonly configured?: string | undefined;
  readonly systemFile?: string;
  readonly host?: string;
}

const NAME = /^[a-z0-9][a-z0-9._-]{0,99}$/;

export async function identityOf(places: IdentityPlaces): Promise<Identity> {
  const { flag, env, cwd, configured, systemFile = systemIdentityFile(env), host = hostname() } = places;
  const folderFile = join(cwd, '.build_server_id');
  const candidates: readonly [string, () => string | undefined | Promise<string | undefined>][] = [
    ['flag', () => flag],
    ['environment GITYARD_AGENT', () => env.GITYARD_AGENT],
    [systemFile, () => firstLine(systemFile)],
    [folderFile, () => firstLine(folderFile)],
    ['agent file', () => configured],
  ];
  for (const [source, read] of candidates) {
    const word = (await read())?.trim();
    if (word) return { id: checkedName(word, source), source };
  }
  return { id: idFrom(host), source: 'host name' };
}

/** The name under which commands of this identity write: not the agent's own, which its daemon has. */
export const actorOf = ({ id }: Identity): string => `${id.slice(0, 96)}-cli`;

/** `source`: where it was given, for the message. */
export function checkedName(word: string, source: string): string {
  const id = word.toLowerCase();
  if (NAME.test(id)) return id;
  throw usageError(
    `${word} (${source}) is no name for an agent`,
    `use letters, digits, ".", "_" and "-", e.g. ${idFrom(word)}`,
  );
}

function systemIdentityFile(env: NodeJS.ProcessEnv): string {
  if (process.platform !== 'win32') return '/etc/gityard/agent';
  return join(env.ProgramData ?? 'C:\\ProgramData', 'gityard', 'agent');
}

async function firstLine(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).split(/\r?\n/)[0];
  } catch {
    // Not there, or not for us to read: the next place is asked.
    return undefined;
  }
}
