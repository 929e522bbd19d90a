/** The word and the tone of a job as people see it: one that is stuck does not merely wait. */
import { isStuck, type JobRow } from './rows.ts';
import { JOB_WORDS, type Word } from './words.ts';

export function wordOfJob(job: JobRow): Word {
  if (job.status !== 'queued') return JOB_WORDS[job.status];
  return isStuck(job) ? { tone: 'stuck', word: 'Stuck' } : { tone: 'wait', word: 'Waiting' };
}
