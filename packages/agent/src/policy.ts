/**
 * `policy.json` in the agent's own folder: what its owner lets run here. Without the file nothing may run. It never comes
 * from the yard: whoever may push there may propose work, not decide where it runs.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AgentError } from './agent-error.ts';
import { readOwnJson } from './home/read-json.ts';
import { writeJson } from './home/write-file.ts';

export interface Policy {
  /** Addresses; a trailing "*" stands for whatever follows. */
  readonly repositories: readonly string[];
  /** Whether a job may bring a command of its own. */
  readonly commands: boolean;
  /**
   * Names of the agent's own environment that builds may see, a trailing "*" as above: NPM_CONFIG_USERCONFIG for a registry
   * that wants a login, a licence server. Without it builds see what finds programs and the way out, and nothing else.
   */
  readonly environment: readonly string[];
  /** Names of files in the agent's folder `scripts` that a message may ask for (`/msg build1 exec …`). */
  readonly scripts: readonly string[];
}

export const NOTHING_ALLOWED: Policy = { repositories: [], commands: false, environment: [], scripts: [] };

const pathOf = (home: string): string => join(home, 'policy.json');

export async function readPolicy(home: string): Promise<Policy> {
  const value = await readOwnJson(pathOf(home));
  if (value === undefined) return NOTHING_ALLOWED;
  const { repositories = [], commands = false, environment = [], scripts = [] } = (value ?? {}) as Partial<Policy>;
  if (!isWords(repositories) || !isWords(environment) || !isWords(scripts) || typeof commands !== 'boolean')
    throw new AgentError(
      'INVALID_DATA',
      `${pathOf(home)} must be {"repositories": [addresses], "commands": true or false, "environment": [names], "scripts": [names]}; mend it, or use gityard agent allow`,
    );
  return { repositories, commands, environment, scripts };
}

const isWords = (value: unknown): boolean => Array.isArray(value) && value.every((it) => typeof it === 'string');

/** Changes when the file may have: cheap enough to be asked for every few seconds. */
export async function policyStamp(home: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(pathOf(home));
    return `${mtimeMs} ${size} ${ino}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'none';
    throw error;
  }
}

export interface PolicyChange {
  readonly repositories?: readonly string[];
  readonly commands?: boolean | undefined;
  readonly environment?: readonly string[];
  readonly scripts?: readonly string[];
}

/** Adds to what is allowed; a daemon that runs picks it up by itself. */
export async function allow(home: string, change: PolicyChange): Promise<Policy> {
  const { repositories = [], commands, environment = [], scripts = [] } = change;
  const before = await readPolicy(home);
  return savePolicy(home, {
    repositories: [...before.repositories, ...repositories],
    commands: commands ?? before.commands,
    environment: [...before.environment, ...environment],
    scripts: [...before.scripts, ...scripts],
  });
}

export async function disallow(home: string, change: PolicyChange): Promise<Policy> {
  const { repositories = [], commands, environment = [], scripts = [] } = change;
  const before = await readPolicy(home);
  return savePolicy(home, {
    repositories: before.repositories.filter((it) => !repositories.includes(it)),
    commands: commands === undefined ? before.commands : before.commands && !commands,
    environment: before.environment.filter((it) => !environment.includes(it)),
    scripts: before.scripts.filter((it) => !scripts.includes(it)),
  });
}

async function savePolicy(home: string, { repositories, commands, environment, scripts }: Policy): Promise<Policy> {
  const policy: Policy = {
    repositories: sorted(repositories),
    commands,
    environment: sorted(environment),
    scripts: sorted(scripts),
  };
  await writeJson(pathOf(home), policy);
  return policy;
}

const sorted = (words: readonly string[]): string[] => [...new Set(words)].sort();
