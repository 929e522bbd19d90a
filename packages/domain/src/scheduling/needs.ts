/** Dependencies between jobs: what a job still waits for, and whether it would wait for itself. */
import { isFinished, type Job } from '../entities/job.ts';
import type { State } from '../state.ts';

export interface Unmet {
  readonly id: string;
  readonly job: Job | undefined;
  /** Lost for good unless someone retries it. */
  readonly failed: boolean;
}

export function unmetNeeds(state: State, job: Job): readonly Unmet[] {
  return job.needs
    .map((id) => ({ id, job: state.jobs.get(id) }))
    .filter((need) => need.job?.status !== 'succeeded')
    .map(({ id, job: need }) => ({
      id,
      job: need,
      failed: need !== undefined && isFinished(need),
    }));
}

/** The jobs of a cycle that this job waits in, in order; empty when there is none. */
export function cycleThrough(state: State, job: Job): readonly string[] {
  const seen = new Set<string>();
  const path: string[] = [];

  const leadsBack = (id: string): boolean => {
    if (id === job.id) return true;
    if (seen.has(id)) return false;
    seen.add(id);
    path.push(id);
    if (state.jobs.get(id)?.needs.some(leadsBack)) return true;
    path.pop();
    return false;
  };

  return job.needs.some(leadsBack) ? [job.id, ...path] : [];
}
