/**
 * Where a job stands in its trace. The ids of what every machine may have to tell of follow from the job and its token, so that
 * whoever ends an attempt ends the same span, and a next attempt can refer to the one before, without a word between them.
 * https://www.w3.org/TR/trace-context/
 */
import { hashOf } from '../branches/hash-of.ts';
import type { Job } from '../entities/job.ts';

type Traced = Pick<Job, 'id' | 'traceparent'>;

/** Begins a trace of its own: nobody said which one the job belongs to. */
export const newTraceparent = (jobId: string): string => `00-${digits(jobId, 4)}-${rootSpanId(jobId)}-01`;

/** As version 00 has it. Jobs of older programs have none. */
export const traceparentOf = ({ id, traceparent }: Traced): string => traceparent ?? newTraceparent(id);

/** 32 hexadecimal digits. */
export const traceIdOf = (job: Traced): string => traceparentOf(job).slice(3, 35);

/** Nobody else tells of the span that asked for it: the trace begins with the job. */
export const beginsTrace = (job: Traced): boolean => traceparentOf(job) === newTraceparent(job.id);

/** 16 hexadecimal digits: the span of the attempt that holds this token. */
export const attemptSpanId = (jobId: string, token: number): string => digits(`${jobId}#${token}`, 2);

/** The place in the trace of what belongs to that attempt. */
export const attemptTraceparent = (job: Traced, token: number): string =>
  `00-${traceIdOf(job)}-${attemptSpanId(job.id, token)}-${traceparentOf(job).slice(-2)}`;

const rootSpanId = (jobId: string): string => digits(`${jobId}#`, 2);

/** Eight from each number. What differs stands in front: behind it, texts of one number would be so in all of them. */
function digits(text: string, numbers: number): string {
  const each = Array.from({ length: numbers }, (_, at) => hashOf(`${at}${text}`));
  return each.map((it) => it.toString(16).padStart(8, '0')).join('');
}
