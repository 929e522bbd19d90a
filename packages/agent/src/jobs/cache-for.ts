/**
 * What a build may look into and write of the agent's cache. A repository has a scope of its own, which only builds of trusted
 * branches write, and that is proved before: a job may name any commit beside any branch. The parts of one job hand their
 * outputs on by a cache as well: where they may not write for others, they write for each other, in a scope that nobody else
 * ever reads.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CacheAccess } from '@gityard/builder';
import { isListed, type Job } from '@gityard/domain';
import type { AgentContext } from '../context.ts';
import { buildFolder } from '../home/build-folder.ts';

type Keeper = Pick<AgentContext, 'storage' | 'policy' | 'self'>;

const PATIENCE_MS = 30_000;

/** Undefined: the job builds no repository, or wants none. */
export async function cacheFor(keeper: Keeper, job: Job, signal: AbortSignal): Promise<CacheAccess | undefined> {
  const { repository } = job;
  if (repository === null || job.noCache) return undefined;
  const { accessTo } = await import('@gityard/builder');
  const [cache, shared] = [await keeper.storage.cache(), keeper.storage.shared];
  const named = shared === undefined ? {} : { shared };
  const isTrusted = await isTrustedBuild(keeper, job, signal);
  const family = job.part?.kind === 'part' ? job.parent : job.split?.kind === 'distributed' ? job.id : null;
  if (isTrusted || family === null) return { ...accessTo(cache, { scope: repository, mayWrite: isTrusted }), ...named };
  return { ...accessTo(cache, { scope: `${repository} job ${family}`, mayWrite: true }), ...named };
}

async function isTrustedBuild({ policy, self }: Keeper, job: Job, signal: AbortSignal): Promise<boolean> {
  const { repository, branch, commit } = job;
  if (policy.trustedRefs.length === 0) return false;
  if (repository === null || !isListed(policy.repositories, repository)) return false;
  if (branch !== null && !isListed(policy.trustedRefs, branch)) return false;
  // Without a commit it is the head of the branch that is built.
  if (branch !== null && commit === null) return true;
  const { defaultBranch, isOnBranch } = await import('@gityard/builder');
  const mirrors = join(buildFolder(self.home), 'mirrors');
  await mkdir(mirrors, { recursive: true });
  const asked = { repository, mirrors, stop: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]) };
  try {
    const built = branch ?? (await defaultBranch(asked));
    if (built === null || !isListed(policy.trustedRefs, built)) return false;
    return commit === null || (await isOnBranch({ ...asked, branch: built, commit }));
  } catch {
    // Whoever cannot be asked proves nothing; that the build then fails, or not, is for its own Fetch to say.
    return false;
  }
}
