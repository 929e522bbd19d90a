/**
 * Finds the yard that a command speaks to: `--yard`, the repository one stands in, GITYARD_YARD, the user's config. A
 * repository counts only when it, or its origin, has the state branch; standing in any other one changes nothing.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../errors.ts';
import { absoluteAddress } from './address.ts';
import { type CurrentRepository, currentRepository } from './current-repository.ts';
import type { LocalConfigs } from './settings.ts';

export interface YardAddress {
  readonly address: string;
  readonly source: string;
}

export interface YardPlaces {
  readonly flag: string | undefined;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly files: LocalConfigs;
  readonly stateRef: string;
  /** Whether a remote has that ref; false also when it cannot be asked. */
  readonly hasRef: (address: string, ref: string) => Promise<boolean>;
}

export async function findYard(places: YardPlaces): Promise<YardAddress> {
  const { flag, cwd, env, files } = places;
  if (flag) return { address: absoluteAddress(flag, cwd), source: 'flag' };
  const here = await yardHere(places);
  if (here) return here;
  if (env.GITYARD_YARD) return { address: absoluteAddress(env.GITYARD_YARD, cwd), source: 'environment GITYARD_YARD' };
  const { agentFile, userFile } = files;
  if (agentFile.yard) return { address: absoluteAddress(agentFile.yard, cwd), source: 'agent file' };
  if (userFile.yard) return { address: absoluteAddress(userFile.yard, cwd), source: 'user config' };
  throw new CliError('USAGE', 'no yard is known here', {
    hint: 'name one with --yard <path|url> or GITYARD_YARD, or make one with gityard init',
  });
}

async function yardHere({ cwd, stateRef, hasRef }: YardPlaces): Promise<YardAddress | undefined> {
  const tracked = stateRef.replace('refs/heads/', 'refs/remotes/origin/');
  const repository = await currentRepository(cwd, [stateRef, tracked]);
  if (!repository) return undefined;
  const { origin, folder, refs } = repository;
  if (origin !== null && (await originIsYard(repository, { tracked, stateRef, hasRef })))
    return { address: origin, source: 'origin of the current repository' };
  return refs.has(stateRef) ? { address: folder, source: 'current repository' } : undefined;
}

/** What was fetched from it before answers without a request, and also when it cannot be reached now. */
async function originIsYard(
  { origin, refs }: CurrentRepository,
  { tracked, stateRef, hasRef }: { tracked: string; stateRef: string; hasRef: YardPlaces['hasRef'] },
): Promise<boolean> {
  return refs.has(tracked) || (origin !== null && (await hasRef(origin, stateRef)));
}

/**
 * The token to send. GITHUB_TOKEN is for that host alone, and GITYARD_TOKEN for a yard that was named on purpose: a
 * repository that one merely stands in chose its origin itself.
 */
export function tokenFor({ address, source }: YardAddress, env: NodeJS.ProcessEnv): string | undefined {
  const own = source.includes('current repository') ? undefined : ownToken(env);
  if (own) return own;
  return /^(github:|https:\/\/([^/@]*@)?github\.com\/)/i.test(address) ? env.GITHUB_TOKEN : undefined;
}

/** Of the environment, or of the file that it names: what stands in an environment is read by more than one may think. */
function ownToken(env: NodeJS.ProcessEnv): string | undefined {
  if (env.GITYARD_TOKEN) return env.GITYARD_TOKEN;
  const path = env.GITYARD_TOKEN_FILE || credentialFile(env, 'gityard-token');
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    const isForbidden = (cause as NodeJS.ErrnoException).code === 'EACCES';
    const hint = isForbidden
      ? 'chown it to the account that this runs as'
      : 'put the token there, or set GITYARD_TOKEN_FILE to where it is';
    throw new CliError('DENIED', `the file of the token cannot be read: ${(cause as Error).message}`, { hint, cause });
  }
}

/** What systemd loaded for this service under that name (`LoadCredential=`). */
export function credentialFile({ CREDENTIALS_DIRECTORY: folder }: NodeJS.ProcessEnv, name: string): string | undefined {
  const path = folder ? join(folder, name) : undefined;
  return path !== undefined && existsSync(path) ? path : undefined;
}
