/** Sees to files of the yard that a person broke: the last valid version is put back, and the author is told. */
import { clearOverdue, judgeBroken } from '@gityard/yard';
import type { AgentContext } from '../context.ts';
import { ourTurn } from '../peers.ts';
import type { LoopLine } from '../status-board.ts';

const LONGEST_WAIT_MS = 60_000;

export async function quarantine(context: AgentContext, line: LoopLine, signal: AbortSignal): Promise<void> {
  const { bell } = context;
  while (!signal.aborted) {
    const since = bell.count;
    await judgeAll(context, signal);
    line.doing('waiting for files that break');
    await bell.wait({ since, ms: LONGEST_WAIT_MS, signal });
  }
}

async function judgeAll(context: AgentContext, signal: AbortSignal): Promise<void> {
  const { yard, emit } = context;
  const turn = (path: string) => ourTurn(context, path, signal);
  for (const outcome of await judgeBroken(yard, { now: yard.now(), turn })) {
    if (!outcome.ok || outcome.commit === null) continue;
    const { path, reason, restored } = outcome.result;
    const what = restored ? 'the last valid version is in force again' : 'it is ignored until it is mended';
    emit({ kind: 'quarantined', path, text: `${path} ${reason}; ${what}` });
  }
  if (!signal.aborted) await clearOverdue(yard, yard.now());
}
