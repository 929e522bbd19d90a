/**
 * Whether a job that is there is what a request asks for: how one who asks again, because the answer was lost, is told from one
 * who asks for something else under the same id. What others may change of a job since is not looked at.
 */
import type { Job } from '../entities/job.ts';
import type { JobRequest } from '../operations/jobs/submit-job.ts';

export function asksForTheSame(job: Job, asked: JobRequest): boolean {
  return (
    job.repository === (asked.repository ?? null) &&
    isStill(asked.branch, job.branch) &&
    isStill(asked.commit, job.commit) &&
    job.timeoutSeconds === (asked.timeoutSeconds ?? null) &&
    isStill(asked.strategy, job.strategy) &&
    isStill(asked.namespace, job.namespace) &&
    sameWords(job.requires, asked.requires ?? []) &&
    sameParameters(job.parameters, asked.parameters ?? {})
  );
}

/** What a request leaves open, a build fills in. */
const isStill = (asked: string | null | undefined, is: string | null): boolean => (asked ?? is) === is;

const sameWords = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((it, at) => it === right[at]);

function sameParameters(left: Readonly<Record<string, string>>, right: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((it) => Object.hasOwn(right, it) && left[it] === right[it])
  );
}
