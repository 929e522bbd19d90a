/**
 * What a build may look into and write of the agent's cache. A repository has a scope of its own, which only builds of trusted
 * branches write. The parts of one job hand their outputs on by a cache as well: where they may not write for others, they
 * write for each other, in a scope that nobody else ever reads.
 */
import type { CacheAccess } from '@gityard/builder';
import { isListed, type Job } from '@gityard/domain';
import type { AgentContext } from '../context.ts';

export function cacheFor(
  { options: { cache: found }, policy }: Pick<AgentContext, 'options' | 'policy'>,
  job: Job,
): CacheAccess | undefined {
  if (!found || job.repository === null) return undefined;
  const { repository: scope, branch } = job;
  const isTrusted = branch !== null && isListed(policy.trustedRefs, branch);
  const family = job.part?.kind === 'part' ? job.parent : job.split?.kind === 'distributed' ? job.id : null;
  if (isTrusted || family === null) return { ...found, scope, mayWrite: isTrusted };
  return { ...found, scope: `${scope} job ${family}`, mayWrite: true };
}
