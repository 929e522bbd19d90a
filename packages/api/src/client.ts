/**
 * Follows a yard from a browser, an editor or a program: the newest snapshot, and how good the connection is. A failure
 * changes the connection alone; nobody is ever told to forget the data they hold. Knows nothing of what is drawn.
 */
import type { FollowYard } from './client/contract.ts';
import { followOnce, type Visit } from './client/follow-once.ts';
import { jittered, pause } from './client/pause.ts';

export { type AnswerOf, type ApiAddress, ApiError, apiCaller, type OperationName } from './client/call-api.ts';
export type { Connection, ConnectionState, FollowYard } from './client/contract.ts';
export { type BuildLogLine, type FollowBuildLog, followBuildLog } from './client/follow-build-log.ts';
export type {
  Agent,
  AgentHealth,
  Artifact,
  Build,
  BuildHead,
  Explanation,
  Pool,
  Problem,
  QueuedBuild,
  ReadModel,
  Token,
} from './client/generated.ts';

/** Returns the function that stops following; nothing is told after it was called. */
export function followYard(follow: FollowYard): () => void {
  const stop = new AbortController();
  void keepFollowing(follow, stop.signal);
  return () => stop.abort();
}

async function keepFollowing(follow: FollowYard, stopped: AbortSignal): Promise<void> {
  const { firstRetryMs = 1_000, lastRetryMs = 30_000 } = follow;
  const visit: Visit = { lastEventId: undefined, skewMs: 0, heard: false };
  let failures = 0;
  follow.onConnection({ state: 'connecting', reason: null, skewMs: 0 });
  while (!stopped.aborted) {
    visit.heard = false;
    const reason = await followOnce(follow, { visit, stopped });
    if (stopped.aborted) return;
    failures = visit.heard ? 0 : failures + 1;
    follow.onConnection({ state: 'offline', reason, skewMs: visit.skewMs });
    await pause(jittered(Math.min(firstRetryMs * 2 ** failures, lastRetryMs)), stopped);
  }
}
