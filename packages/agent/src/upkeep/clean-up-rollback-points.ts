/** Gives up rollback points beyond the number that the team keeps of each branch (R60). */
import { cleanUpPoints, pointsToForget } from '@gityard/yard';
import type { AgentContext } from '../context.ts';

export async function cleanUpRollbackPoints({ yard }: AgentContext): Promise<string | null> {
  const { rollbackPoints: keep } = yard.state.yard.retention;
  // Through an API that makes commits itself there are no tags to remove.
  if (yard.transport.makesCommits || pointsToForget(yard.state, keep).size === 0) return null;
  const done = await cleanUpPoints(yard, { keep });
  if ('ok' in done) throw new Error(`the rollback points were refused: ${done.reason}`);
  return done.removed.length === 0 ? null : `${done.removed.length} rollback points were given up`;
}
