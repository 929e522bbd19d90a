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
}

export const NOTHING_ALLOWED: Policy = { repositories: [], commands: false };

const pathOf = (home: string): string => join(home, 'policy.json');

export async function readPolicy(home: string): Promise<Policy> {
  const value = await readOwnJson(pathOf(home));
  if (value === undefined) return NOTHING_ALLOWED;
  const { repositories = [], commands = false } = (value ?? {}) as Partial<Policy>;
  const listed = Array.isArray(repositories) && repositories.every((it) => typeof it === 'string');
  if (!listed || typeof commands !== 'boolean')
    throw new AgentError(
      'INVALID_DATA',
      `${pathOf(home)} must be {"repositories": [addresses], "commands": true or false}; mend it, or use gityard agent allow`,
    );
  return { repositories, commands };
}

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

/** Adds to what is allowed; a daemon that runs picks it up by itself. */
export async function allow(
  home: string,
  { repositories = [], commands }: { repositories?: readonly string[]; commands?: boolean },
): Promise<Policy> {
  const before = await readPolicy(home);
  return savePolicy(home, {
    repositories: [...before.repositories, ...repositories],
    commands: commands ?? before.commands,
  });
}

export async function disallow(
  home: string,
  { repositories = [], commands }: { repositories?: readonly string[]; commands?: boolean },
): Promise<Policy> {
  const before = await readPolicy(home);
  return savePolicy(home, {
    repositories: before.repositories.filter((it) => !repositories.includes(it)),
    commands: commands === undefined ? before.commands : before.commands && !commands,
  });
}

async function savePolicy(home: string, { repositories, commands }: Policy): Promise<Policy> {
  const policy: Policy = { repositories: [...new Set(repositories)].sort(), commands };
  await writeJson(pathOf(home), policy);
  return policy;
}
