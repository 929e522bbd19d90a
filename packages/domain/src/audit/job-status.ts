/** A job goes from status to status as the drawing in entities/job.ts says, at most one step for each operation on it. */
import { type Job, type JobStatus, NEXT_STATUS } from '../entities/job.ts';
import { has, isByHand, operationsOn, type Step, type Transition } from './rule.ts';

export function statusFollows({ id, before, after }: Transition<Job>, step: Step): readonly string[] {
  // What a person or an import brings in from elsewhere has a past that nobody here saw.
  if (!after || (!before && (isByHand(step) || has(step, 'import')))) return [];
  const from = before?.status ?? 'queued';
  if (isReachable(from, after.status, stepsAllowed(step, id))) return [];
  return [`job ${id} went from ${from} to ${after.status}`];
}

function stepsAllowed(step: Step, jobId: string): number {
  if (isByHand(step)) return 1;
  return has(step, 'take-up') ? Object.keys(NEXT_STATUS).length : operationsOn(step, jobId).length;
}

function isReachable(from: JobStatus, to: JobStatus, steps: number): boolean {
  if (from === to) return true;
  return steps > 0 && NEXT_STATUS[from].some((next) => isReachable(next, to, steps - 1));
}
