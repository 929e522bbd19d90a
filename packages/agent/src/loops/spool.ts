/**
 * Hands in what this machine accepted while the remote was away, as soon as that answers again: results of builds, and what
 * people asked for here by the command line. While it is away it is left alone for longer and longer, at most a minute.
 */
import { mayHoldSomething, type Replayed } from '@gityard/yard';
import type { AgentContext } from '../context.ts';
import { backOffMs, monotonicMs, pause } from '../pause.ts';
import type { LoopLine } from '../status-board.ts';
import { pauseAfterMs, textOf } from '../trouble.ts';

const LONGEST_WAIT_MS = 60_000;
/** The bell may ring often; a moment between tries keeps this from becoming a hot loop. */
const MOMENT_MS = 500;

export async function spool(context: AgentContext, line: LoopLine, signal: AbortSignal): Promise<void> {
  const { bell } = context;
  let failures = 0;
  while (!signal.aborted) {
    const since = bell.count;
    const left = await handInWaiting(context, signal).catch((error: unknown) => asFailure(error, signal));
    failures = left instanceof Error ? failures + 1 : 0;
    const againInMs = left instanceof Error ? pauseAfterMs(left, failures) : LONGEST_WAIT_MS;
    if (left instanceof Error) line.failed(textOf(left), againInMs);
    else line.doing(left === 0 ? 'nothing waits to be handed in' : `${left} wait to be handed in`);
    await bell.wait({ since, ms: againInMs, signal });
    if (left !== 0) await pause(backOffMs(1, { longestMs: MOMENT_MS }), signal);
  }
}

/** One pass; how many wait still. Throws when the remote is away. */
export async function handInWaiting(context: AgentContext, signal: AbortSignal): Promise<number> {
  const { spool: waiting, emit, metrics } = context;
  if (!(await mayHoldSomething(waiting.place))) return 0;
  const startedMs = monotonicMs();
  const replayed = await replayAtLast(context, signal);
  if (replayed) metrics?.replayed((monotonicMs() - startedMs) / 1000);
  for (const { id, name, about, reason } of replayed?.refused ?? [])
    emit({ kind: 'refused', id, text: `${name} ${about} was accepted here, and refused: ${reason}` });
  return waiting.count();
}

/** A command that does it just now is soon done; one that was killed meanwhile, or a life of ours, leaves its lock for seconds. */
async function replayAtLast(
  { spool: waiting, yard }: AgentContext,
  signal: AbortSignal,
): Promise<Replayed | undefined> {
  while (!signal.aborted) {
    const replayed = await waiting.replay(yard, { signal });
    if (replayed) return replayed;
    await pause(MOMENT_MS, signal);
  }
  return undefined;
}

function asFailure(error: unknown, signal: AbortSignal): Error | 0 {
  if (signal.aborted) return 0;
  if (error instanceof Error) return error;
  throw error;
}
