/** The two files of settings beside flags and environment: the user's own, and the agent's under `GITYARD_HOME`. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { CliError } from '../errors.ts';

export interface LocalConfig {
  readonly yard?: string;
  readonly agent?: string;
  /** The file of a private key, for a yard behind ssh. */
  readonly sshKey?: string;
  /** The file of a private key with which jobs are signed. */
  readonly signingKey?: string;
  /** Of an agent: what the agents of its site share, and where they reach it. */
  readonly relayKey?: string;
  readonly relayHost?: string;
  /** Of an agent: where its numbers go. */
  readonly metricsFile?: string;
  /** How programs that run for long tell what happens. */
  readonly log?: { readonly format?: string; readonly level?: string; readonly file?: string };
  readonly refs?: { readonly state?: string; readonly live?: string; readonly logs?: string };
}

export function userConfigPath(env: NodeJS.ProcessEnv): string {
  const folder = env.XDG_CONFIG_HOME || (env.APPDATA ?? join(env.HOME ?? homedir(), '.config'));
  return join(folder, 'gityard', 'config.json');
}

/** Where an agent keeps what is its own: identity, spool, objects, policy, keys. */
export function homePath(env: NodeJS.ProcessEnv): string {
  if (env.GITYARD_HOME) return env.GITYARD_HOME;
  const folder = env.XDG_STATE_HOME || (env.LOCALAPPDATA ?? join(env.HOME ?? homedir(), '.local', 'state'));
  return join(folder, 'gityard');
}

/** Each task receiver of a machine is an agent of its own, beside the one that builds. */
export const receiverHome = (env: NodeJS.ProcessEnv, id: string): string => join(homePath(env), 'receivers', id);

export const agentConfigPath = (env: NodeJS.ProcessEnv): string => join(homePath(env), 'agent.json');

/** A missing file sets nothing; a broken one is told, since it would be obeyed if it could be read. */
export async function readLocalConfig(path: string): Promise<LocalConfig> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') return {};
    throw error;
  }
  try {
    return checked(JSON.parse(text));
  } catch (cause) {
    const hint = 'mend it, e.g. { "yard": "https://git.example.org/acme/yard.git" }';
    throw new CliError('INVALID_DATA', `${path} cannot be read: ${(cause as Error).message}`, { hint, cause });
  }
}

function checked(data: unknown): LocalConfig {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw new Error('it is no object');
  const { yard, agent, sshKey, signingKey, relayKey, relayHost, metricsFile, refs, log } = data as Record<
    string,
    unknown
  >;
  for (const [key, value] of Object.entries({ yard, agent, sshKey, signingKey, relayKey, relayHost, metricsFile }))
    if (value !== undefined && typeof value !== 'string') throw new Error(`"${key}" is no text`);
  for (const [group, values] of Object.entries({ refs, log }))
    for (const [key, value] of Object.entries((values ?? {}) as Record<string, unknown>))
      if (typeof value !== 'string') throw new Error(`"${group}.${key}" is no text`);
  return data as LocalConfig;
}
