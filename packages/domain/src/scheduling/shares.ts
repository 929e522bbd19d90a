/**
 * How much of the fleet each submitter has, so that nobody's hundred jobs keep one of somebody else waiting: among equal
 * priorities who has fewer jobs running comes first, then who was served longest ago. Worked out once per version of the jobs.
 */
import { currentAttempt, type Job } from '../entities/job.ts';
import { toMs } from '../time.ts';

export interface Share {
  running: number;
  /** When a job of it was claimed last. */
  servedMs: number;
}
export type Shares = ReadonlyMap<string, Share>;

/** Each file of the inbox has a name of its own, and would be a newcomer for ever. */
export const submitterOf = ({ submittedBy }: Pick<Job, 'submittedBy'>): string =>
  submittedBy.startsWith('queue/') ? 'queue' : submittedBy;

const NOTHING: Share = { running: 0, servedMs: 0 };
export const shareOf = (shares: Shares, job: Job): Share => shares.get(submitterOf(job)) ?? NOTHING;

export function addToShares(shares: Map<string, Share>, job: Job, running: 0 | 1): void {
  const servedMs = claimedMs(job);
  if (servedMs === 0) return;
  const name = submitterOf(job);
  const share = shares.get(name);
  if (!share) shares.set(name, { running, servedMs });
  else {
    share.running += running;
    share.servedMs = Math.max(share.servedMs, servedMs);
  }
}

const known = new WeakMap<Job, number>();

/** 0: never. Reading a date is most of the work, and a job is looked at again whenever any job changes. */
function claimedMs(job: Job): number {
  const attempt = currentAttempt(job);
  if (!attempt) return 0;
  const before = known.get(job);
  if (before !== undefined) return before;
  const ms = toMs(attempt.startedAt) || 0;
  known.set(job, ms);
  return ms;
}
