/**
 * `policy.json` in the agent's own folder: what its owner lets run here. Without the file nothing may run. It never comes
 * from the yard: whoever may push there may propose work, not decide where it runs.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TOOLCHAINS, type Toolchain } from '@gityard/domain';
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
  /** Branches that may be built, with "*". */
  readonly refs: readonly string[];
  readonly toolchains: readonly Toolchain[];
  /** Pools in which this agent may serve, with "*". */
  readonly pools: readonly string[];
  readonly network: 'never' | 'restore' | 'always';
  readonly secrets: readonly SecretRule[];
  /** Whether a build may run with nothing between it and the machine. */
  readonly unsandboxed: boolean;
  readonly limits: PolicyLimits;
  /** Branches whose builds may put something into caches that others read, with "*". */
  readonly trustedRefs: readonly string[];
  /** Whether a job must be signed by a key of `allowed_signers`. */
  readonly signatures: 'optional' | 'required';
}

/** Which builds may have a secret. */
export interface SecretRule {
  readonly name: string;
  readonly repositories: readonly string[];
  readonly refs: readonly string[];
}

/** Of one build; 0 = none of that kind. */
export interface PolicyLimits {
  readonly cores: number;
  readonly memoryGB: number;
  readonly diskGB: number;
  readonly processes: number;
  readonly minutes: number;
}

export const NOTHING_ALLOWED: Policy = {
  repositories: [],
  commands: false,
  environment: [],
  scripts: [],
  refs: ['*'],
  toolchains: TOOLCHAINS,
  pools: ['*'],
  network: 'restore',
  secrets: [],
  unsandboxed: true,
  limits: { cores: 0, memoryGB: 0, diskGB: 0, processes: 0, minutes: 0 },
  trustedRefs: ['main', 'master'],
  signatures: 'optional',
};

const pathOf = (home: string): string => join(home, 'policy.json');

export async function readPolicy(home: string): Promise<Policy> {
  const value = await readOwnJson(pathOf(home));
  if (value === undefined) return NOTHING_ALLOWED;
  const given = (value ?? {}) as Partial<Policy>;
  const { repositories = [], commands = false, environment = [], scripts = [] } = given;
  if (!isWords(repositories) || !isWords(environment) || !isWords(scripts) || typeof commands !== 'boolean')
    throw new AgentError(
      'INVALID_DATA',
      `${pathOf(home)} must be {"repositories": [addresses], "commands": true or false, "environment": [names], "scripts": [names]}; mend it, or use gityard agent allow`,
    );
  return { ...NOTHING_ALLOWED, ...given, repositories, commands, environment, scripts };
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
    ...before,
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
    ...before,
    repositories: before.repositories.filter((it) => !repositories.includes(it)),
    commands: commands === undefined ? before.commands : before.commands && !commands,
    environment: before.environment.filter((it) => !environment.includes(it)),
    scripts: before.scripts.filter((it) => !scripts.includes(it)),
  });
}

async function savePolicy(home: string, given: Policy): Promise<Policy> {
  const policy: Policy = {
    ...given,
    repositories: sorted(given.repositories),
    environment: sorted(given.environment),
    scripts: sorted(given.scripts),
  };
  await writeJson(pathOf(home), policy);
  return policy;
}

const sorted = (words: readonly string[]): string[] => [...new Set(words)].sort();
