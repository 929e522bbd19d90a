/** Where people can look at the trace of a job, by what yard.json says; null where it says nothing. */
import type { Job } from '../entities/job.ts';
import type { YardConfig } from '../entities/yard-config.ts';
import { traceIdOf } from './traceparent.ts';

export const traceLink = ({ trace }: YardConfig['links'], job: Pick<Job, 'id' | 'traceparent'>): string | null =>
  trace?.replaceAll('{traceId}', traceIdOf(job)) ?? null;
