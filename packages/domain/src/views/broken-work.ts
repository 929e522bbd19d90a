/** The lines of work that are broken now: the last job of a branch failed or expired, and none has succeeded since. */
import { isFinished, type Job } from '../entities/job.ts';
import type { State } from '../state.ts';
import { toMs } from '../time.ts';

export function brokenWork(state: State): readonly Job[] {
  const last = new Map<string, Job>();
  for (const job of state.jobs) {
    // Whether a cancelled job would have succeeded, nobody knows; and a part of a job is not the work.
    if (job.parent !== null) continue;
    if (!isBroken(job) && job.status !== 'succeeded') continue;
    const line = lineOfWork(job);
    const before = last.get(line);
    if (!before || endMs(before) <= endMs(job)) last.set(line, job);
  }
  return [...last.values()].filter(isBroken).sort((a, b) => endMs(b) - endMs(a));
}

/** What is known of a line of work that was broken once: when it went well and badly last, and whether it is tried now. */
export interface Standing {
  readonly goodMs: number | null;
  readonly badMs: number | null;
  readonly underWay: boolean;
}

/** By the name of the line. One of which no job is left is not among them. */
export function standings({ jobs }: State): ReadonlyMap<string, Standing> {
  const lines = new Map<string, Standing>();
  for (const job of jobs) {
    if (job.parent !== null) continue;
    const key = nameOfLine(job);
    const { goodMs, badMs, underWay } = lines.get(key) ?? { goodMs: null, badMs: null, underWay: false };
    lines.set(key, {
      goodMs: job.status === 'succeeded' ? Math.max(goodMs ?? 0, endMs(job)) : goodMs,
      badMs: newer(badMs, brokeMs(job)),
      underWay: underWay || !isFinished(job),
    });
  }
  return lines;
}

/** A job that is retried has forgotten that it failed; its attempts have not. */
function brokeMs(job: Job): number | null {
  if (isBroken(job)) return endMs(job);
  const failed = job.status === 'succeeded' ? [] : job.attempts.filter((it) => it.status === 'failed');
  return failed.reduce<number | null>((last, it) => newer(last, it.endedAt === null ? null : toMs(it.endedAt)), null);
}

const newer = (a: number | null, b: number | null): number | null => (a === null || (b !== null && b > a) ? b : a);

/** A line of work has no name of its own, and may be long. */
export function nameOfLine(job: Pick<Job, 'repository' | 'branch' | 'command'>): string {
  const text = lineOfWork(job);
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return `${(job.branch ?? 'command').slice(0, 240)}#${(hash >>> 0).toString(16)}`;
}

export const isBroken = ({ status }: Pick<Job, 'status'>): boolean => status === 'failed' || status === 'expired';

/** What is built again and again: a branch of a repository, or a command without one. */
export const lineOfWork = ({ repository, branch, command }: Pick<Job, 'repository' | 'branch' | 'command'>): string =>
  JSON.stringify(repository === null ? command : [repository, branch]);

const endMs = (job: Job): number => (job.endedAt === null ? 0 : toMs(job.endedAt));
