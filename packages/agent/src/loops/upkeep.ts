/**
 * Keeps the yard small: what is over goes into the archive, and where the team wants it the history is cut. Seldom, and by
 * one agent: the others find it done when their turn comes.
 */
import { operationsSinceCut } from '@gityard/domain';
import { cutHistory, tidy } from '@gityard/yard';
import type { AgentContext } from '../context.ts';
import { jittered, pause } from '../pause.ts';
import { ourTurn } from '../peers.ts';
import type { LoopLine } from '../status-board.ts';

/** What is kept for days may wait for an hour, and a commit an hour is nothing. */
const LOOK_MS = 60 * 60_000;

export async function upkeep(context: AgentContext, line: LoopLine, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await tidyUp(context, signal);
    if (!signal.aborted) await cut(context, signal);
    line.doing('waiting for things to be over');
    await pause(jittered(LOOK_MS, 0.2), signal);
  }
}

async function tidyUp(context: AgentContext, signal: AbortSignal): Promise<void> {
  const { yard, emit } = context;
  const turn = (operation: string) => ourTurn(context, operation, signal);
  const tidied = await tidy(yard, { now: yard.now(), turn });
  if ('ok' in tidied) throw new Error(`the archive was refused: ${tidied.reason}`);
  const { jobs, messages, pruned } = tidied;
  if (jobs + messages > 0)
    emit({ kind: 'upkeep', text: `${jobs} jobs and ${messages} messages went into the archive` });
  if (pruned > 0) emit({ kind: 'upkeep', text: `${pruned} files left the archive` });
}

async function cut(context: AgentContext, signal: AbortSignal): Promise<void> {
  const { yard, emit } = context;
  if (!isDue(context)) return;
  await ourTurn(context, 'compact', signal);
  await yard.refresh(signal);
  const done = isDue(context) ? await cutHistory(yard) : null;
  if (done)
    emit({ kind: 'upkeep', text: `the history was cut after ${done.commits} commits: epoch ${done.epoch} begins` });
}

function isDue({ yard: { state } }: AgentContext): boolean {
  const { afterOperations } = state.yard.compact;
  return afterOperations > 0 && operationsSinceCut(state) >= afterOperations;
}
