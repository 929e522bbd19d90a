/** The words of a job as people see it: its status with its tone, where one that is stuck does not merely wait, and its priority. */
import { isStuck, type JobRow } from './rows.ts';
import { JOB_WORDS, type Word } from './words.ts';

export function wordOfJob(job: JobRow): Word {
  if (job.status !== 'queued') return JOB_WORDS[job.status];
  return isStuck(job) ? { tone: 'stuck', word: 'Stuck' } : { tone: 'wait', word: 'Waiting' };
}

const PRIORITY_WORDS: Readonly<Record<number, string>> = { 1: 'Critical', 3: 'High', 5: 'Normal', 8: 'Low' };

/** 1 is first and 10 is last; the names are those of the command line. */
export const priorityWord = (priority: number): string => PRIORITY_WORDS[priority] ?? `Priority ${priority}`;
