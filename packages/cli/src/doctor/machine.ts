/** What this machine must have: Node, git, a home that can be written, a name, a policy that lets something run. */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { Context } from '../context.ts';
import { homePath } from '../start/user-config.ts';
import { doubtful, type Finding, fine, skipped, wrong } from './check.ts';

const NODE_FLOOR = '20.19.0';
/** `git init --initial-branch` came with it; the protocol that we speak is older. */
const GIT_FLOOR = '2.28.0';

/** `node` for specs: no program runs on another one than its own. */
export async function checkNode(_context?: unknown, _signal?: unknown, node = process.versions.node): Promise<Finding> {
  return isAtLeast(node, NODE_FLOOR)
    ? fine(`version ${node}`)
    : wrong(`version ${node} is older than ${NODE_FLOOR}`, 'install a newer Node.js');
}

export async function checkGit({ io }: Context): Promise<Finding> {
  const remedy = `install git ${GIT_FLOOR} or newer`;
  try {
    const { stdout } = await promisify(execFile)('git', ['--version'], { env: io.env });
    const version = /\d+\.\d+(\.\d+)?/.exec(stdout)?.[0] ?? '0';
    return isAtLeast(version, GIT_FLOOR)
      ? fine(`version ${version}`)
      : wrong(`version ${version} is older than ${GIT_FLOOR}`, remedy);
  } catch (error) {
    return wrong(`git does not start: ${(error as Error).message.split('\n')[0]}`, remedy);
  }
}

export async function checkIdentity(context: Context): Promise<Finding> {
  const { id, source } = await context.identity();
  return fine(`this machine acts as ${id} (${source})`);
}

export async function checkHome({ io }: Context): Promise<Finding> {
  const home = homePath(io.env);
  const found = await stat(home).catch(() => undefined);
  if (found && !found.isDirectory()) return wrong(`${home} is no folder`, 'set GITYARD_HOME to a folder');
  const folder = await nearestFolder(home);
  try {
    await access(folder, constants.W_OK);
  } catch {
    // The reason is one of two, and the remedy the same.
    return wrong(`${folder} cannot be written`, 'give this user the folder, or set GITYARD_HOME to another');
  }
  return fine(found ? home : `${home} will be made by the first agent`);
}

export async function checkPolicy({ io }: Context): Promise<Finding> {
  const { readPolicySource, readTrust } = await import('@gityard/agent');
  const home = homePath(io.env);
  try {
    const [{ policy, path }, trust] = [await readPolicySource(home), await readTrust({ home })];
    const [problem] = trust.signers.problems;
    if (problem) return wrong(`${trust.path}, line ${problem.line}: ${problem.text}`, 'mend the line, or remove it');
    if (path === null) return skipped('nothing is allowed to run here yet (gityard agent allow <url>)');
    const { repositories, commands } = policy;
    const mayBring = commands === true || (commands !== false && commands.length > 0);
    if (repositories.length === 0 && !mayBring)
      return doubtful(`${path} allows nothing, so an agent here claims no job`, 'gityard agent allow <url>');
    return fine(`allows ${repositories.join(', ') || 'no repository'}${mayBring ? ', and commands' : ''}`);
  } catch (error) {
    return wrong((error as Error).message, 'nothing may run until it can be read; gityard agent policy shows it');
  }
}

/** The home may not be made yet; then its parent is what counts. */
export async function nearestFolder(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() || dirname(path) === path ? path : nearestFolder(dirname(path));
}

function isAtLeast(version: string, floor: string): boolean {
  const [has, wanted] = [version, floor].map((it) => it.split('.').map(Number));
  for (const [at, part] of (wanted ?? []).entries()) {
    const own = has?.[at] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}
