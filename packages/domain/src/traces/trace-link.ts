/** Where people can look at the trace of a job, by the template of yard.json; null where there is none. */
import type { Job } from '../entities/job.ts';
import { traceIdOf } from './traceparent.ts';

export const traceLink = (template: string | null, job: Pick<Job, 'id' | 'traceparent'>): string | null =>
  template?.replaceAll('{traceId}', traceIdOf(job)) ?? null;
