/** One job with everything that its file says. */
import type { Reading } from '../question.ts';
import { type FoundJob, findJob, type JobAsked } from './find-job.ts';

export type JobAnswer = FoundJob & {
  /** Where a person can see the file; null where there is no such place. */
  readonly link: string | null;
};

export async function job(reading: Reading, asked: JobAsked): Promise<JobAnswer> {
  const found = await findJob(reading, asked);
  const commit = asked.at ?? reading.model?.head;
  const link = found.kind === 'found' && commit ? reading.linkTo({ commit, path: found.path }) : null;
  return { ...found, link };
}
