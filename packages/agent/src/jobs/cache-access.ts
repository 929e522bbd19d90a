/**
 * What a build may do with the cache of this agent. It looks in what its own repository put there; only builds of trusted refs
 * put something in, and that is proved before: a job may name any commit beside any branch.
 */
import { join } from 'node:path';
import type { CacheAccess } from '@gityard/builder';
import { isListed, type Job } from '@gityard/domain';
import type { AgentContext } from '../context.ts';
import { buildFolder } from '../home/build-folder.ts';

const PATIENCE_MS = 30_000;

/** Undefined: the job wants none, or builds no repository. */
export async function cacheAccess(
  context: AgentContext,
  job: Job,
  signal: AbortSignal,
): Promise<CacheAccess | undefined> {
  const { repository } = job;
  if (job.noCache || repository === null) return undefined;
  const { accessTo } = await import('@gityard/builder');
  const [cache, shared] = [await context.storage.cache(), await context.storage.sharedCache()];
  const mayWrite = await isTrusted(context, job, signal);
  const family = mayWrite ? null : familyOf(job);
  if (family === null) return { ...accessTo(cache, { scope: repository, mayWrite }), shared };
  return { ...accessTo(cache, { scope: `${repository} job ${family}`, mayWrite: true }), shared };
}

/** Parts of a job hand their outputs on by the cache: those that may not write for others write for each other alone. */
function familyOf({ id, parent, part, split }: Job): string | null {
  if (part?.kind === 'part') return parent;
  return split?.kind === 'distributed' ? id : null;
}

async function isTrusted({ policy, self }: AgentContext, job: Job, signal: AbortSignal): Promise<boolean> {
  const { repository, branch, commit } = job;
  if (branch === null || !isListed(policy.trustedRefs, branch)) return false;
  if (repository === null || !isListed(policy.repositories, repository)) return false;
  // Without a commit it is the head of the branch that is built.
  if (commit === null) return true;
  const { isOnBranch } = await import('@gityard/builder');
  const stop = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  // Whoever cannot be asked proves nothing; that the build then fails, or not, is for its own Fetch to say.
  return isOnBranch({ repository, branch, commit, mirrors: join(buildFolder(self.home), 'mirrors'), stop }).catch(
    () => false,
  );
}
