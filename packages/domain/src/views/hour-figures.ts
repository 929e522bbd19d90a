/** What an hour came to, from the jobs alone: they say when they came, were tried and ended, so it can be told afterwards. */
import type { HistoryFigures, HistoryHour } from '../entities/history-hour.ts';
import type { State } from '../state.ts';
import { isBuilt, jobTimes, median } from './job-times.ts';

/** From the first on, until before the second. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export function hourFigures({ jobs }: State, { fromMs, toMs }: Span, agentsFresh: number): HistoryFigures {
  const within = (ms: number) => ms >= fromMs && ms < toMs;
  const took: number[] = [];
  let [succeeded, failed, queued, running, oldestMs] = [0, 0, 0, 0, toMs];
  for (const { status, submittedMs, endedMs, tries } of jobTimes(jobs)) {
    if (within(endedMs) && status === 'succeeded') succeeded++;
    if (within(endedMs) && status === 'failed') failed++;
    for (const it of tries) if (isBuilt(it) && within(it.endedMs)) took.push((it.endedMs - it.startedMs) / 1000);
    if (submittedMs >= toMs || endedMs < toMs) continue;
    if (tries.some((it) => it.startedMs < toMs && it.endedMs >= toMs)) running++;
    else {
      queued++;
      oldestMs = Math.min(oldestMs, submittedMs);
    }
  }
  const p50 = median(took);
  return {
    succeeded,
    failed,
    queued,
    running,
    agentsFresh,
    p50Seconds: p50 === null ? null : Math.round(p50),
    oldestWaitSeconds: queued === 0 ? null : Math.round((toMs - oldestMs) / 1000),
  };
}

/** By agent, what it built to an end in that time. */
export function hourBuilds({ jobs }: State, { fromMs, toMs }: Span): HistoryHour['builds'] {
  const builds = new Map<string, { succeeded: number; failed: number; seconds: number }>();
  for (const { tries } of jobTimes(jobs)) {
    for (const { agent, status, startedMs, endedMs } of tries) {
      if (!isBuilt({ status }) || endedMs < fromMs || endedMs >= toMs) continue;
      const own = builds.get(agent) ?? { succeeded: 0, failed: 0, seconds: 0 };
      builds.set(agent, own);
      own[status === 'succeeded' ? 'succeeded' : 'failed']++;
      own.seconds += Math.max(0, Math.round((endedMs - startedMs) / 1000));
    }
  }
  return Object.fromEntries(builds);
}
