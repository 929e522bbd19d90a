/** How many jobs wait, run, are stuck, and have ended today. A day is a day of UTC, the same for everyone who looks. */
import { isFinished } from '../entities/job.ts';
import type { ReadModel } from '../entities/read-model.ts';
import { boardOf } from '../scheduling/board.ts';
import type { State } from '../state.ts';
import { type Time, toMs } from '../time.ts';
import { waitingLine } from './waiting-line.ts';

export function jobTotals(state: State, now: Time): Required<ReadModel['totals']> {
  const { queued, held } = boardOf(state);
  return {
    queued: queued.length,
    running: held.length,
    stuck: waitingLine(state, now).filter((it) => !it.explanation.canEverRun).length,
    ...endedToday(state, now),
  };
}

const DAY_MS = 86_400_000;
const dayOf = (time: Time): number => Math.floor(toMs(time) / DAY_MS);

function endedToday(state: State, now: Time): { succeededToday: number; failedToday: number } {
  const today = dayOf(now);
  const counts = { succeededToday: 0, failedToday: 0 };
  for (const job of state.jobs) {
    if (!isFinished(job) || job.endedAt === null || dayOf(job.endedAt) !== today) continue;
    if (job.status === 'succeeded') counts.succeededToday++;
    if (job.status === 'failed') counts.failedToday++;
  }
  return counts;
}
