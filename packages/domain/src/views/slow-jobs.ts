/**
 * What takes too long although nothing keeps it: the job that waits longest for an agent, and builds that run on and on. How
 * long is too long stands in `warnings` of yard.json. The texts tell since when, not how long: they stay as they are.
 */
import { currentAttempt, type Job } from '../entities/job.ts';
import type { NeedsYou } from '../entities/read-model.ts';
import { boardOf } from '../scheduling/board.ts';
import { waitsSince } from '../scheduling/waiting.ts';
import type { State } from '../state.ts';
import { elapsedMs, type Time, toMs } from '../time.ts';
import { usualDurationMs } from './durations.ts';
import { waitingLine } from './waiting-line.ts';

const MINUTE_MS = 60_000;

export const slowJobs = (state: State, now: Time): NeedsYou[] => [...oldestWait(state, now), ...longRuns(state, now)];

/** One word for the whole queue: who waits longest, and how many others wait too long as well. */
function oldestWait(state: State, now: Time): NeedsYou[] {
  const minutes = state.yard.warnings.queuedMinutes;
  if (minutes === 0) return [];
  const waiting = waitingLine(state, now).flatMap(({ job, explanation }) => {
    const since = explanation.canEverRun && !waitsForItsTime(job, now) ? waitsSince(state, job, now) : null;
    return since !== null && elapsedMs(since, now) > minutes * MINUTE_MS ? [{ id: job.id, since }] : [];
  });
  const [oldest] = waiting.sort((a, b) => toMs(a.since) - toMs(b.since));
  if (!oldest) return [];
  const others = waiting.length === 1 ? '' : `, and ${waiting.length - 1} more wait longer than ${minutes} minutes`;
  return [
    {
      code: 'oldest-wait',
      text: `job ${oldest.id} waits for an agent since ${oldest.since}${others}`,
      refs: [oldest.id],
    },
  ];
}

const waitsForItsTime = ({ notBefore }: Job, now: Time): boolean => notBefore !== null && toMs(notBefore) > toMs(now);

function longRuns(state: State, now: Time): NeedsYou[] {
  const held = [...boardOf(state).held].sort((a, b) => (a.id < b.id ? -1 : 1));
  return held.flatMap((job) => {
    const startedAt = currentAttempt(job)?.startedAt;
    const limit = limitOf(state, job);
    if (startedAt === undefined || limit === null || elapsedMs(startedAt, now) <= limit.ms) return [];
    const text = `job ${job.id} runs on ${job.agent} since ${startedAt}, ${limit.text}`;
    return [{ code: 'job-runs-long', text, refs: [job.id, ...(job.agent ? [job.agent] : [])] }];
  });
}

/** Twice of what nine of ten needed is more than bad luck. */
const TOO_OFTEN = 2;

function limitOf(state: State, job: Job): { ms: number; text: string } | null {
  const minutes = state.yard.warnings.runningMinutes;
  if (minutes === 0) return null;
  if (minutes !== null) return { ms: minutes * MINUTE_MS, text: `longer than ${minutes} minutes` };
  const duration = usualDurationMs(state, job);
  // What takes a moment may take two.
  if (!duration) return null;
  const ms = Math.max(MINUTE_MS, TOO_OFTEN * duration.p90);
  return { ms, text: `more than ${TOO_OFTEN} times as long as 9 of 10 such builds` };
}
