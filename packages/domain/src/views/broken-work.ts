/** The lines of work that are broken now: the last job of a branch failed or expired, and none has succeeded since. */
import type { Job } from '../entities/job.ts';
import type { State } from '../state.ts';
import { toMs } from '../time.ts';

export function brokenWork(state: State): readonly Job[] {
  const last = new Map<string, Job>();
  for (const job of state.jobs) {
    // Whether a cancelled job would have succeeded, nobody knows.
    if (!isBroken(job) && job.status !== 'succeeded') continue;
    const line = lineOfWork(job);
    const before = last.get(line);
    if (!before || endMs(before) <= endMs(job)) last.set(line, job);
  }
  return [...last.values()].filter(isBroken).sort((a, b) => endMs(b) - endMs(a));
}

export const isBroken = ({ status }: Pick<Job, 'status'>): boolean => status === 'failed' || status === 'expired';

/** What is built again and again: a branch of a repository, or a command without one. */
export const lineOfWork = ({ repository, branch, command }: Pick<Job, 'repository' | 'branch' | 'command'>): string =>
  JSON.stringify(repository === null ? command : [repository, branch]);

const endMs = (job: Job): number => (job.endedAt === null ? 0 : toMs(job.endedAt));
