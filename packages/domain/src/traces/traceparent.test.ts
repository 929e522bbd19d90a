import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { submitJob } from '../operations/jobs/submit-job.ts';
import { resultOf } from '../spec/outcome.ts';
import { noon, world } from '../spec/world.ts';
import { validate } from '../validate.ts';
import {
  attemptSpanId,
  attemptTraceparent,
  beginsTrace,
  newTraceparent,
  traceIdOf,
  traceparentOf,
} from './traceparent.ts';

const GIVEN = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const submitted = (traceparent?: string) =>
  resultOf(submitJob(world().state, { id: 'b1', job: { command: ['make'], traceparent }, by: 'ann', now: noon }));

describe('traceparent', () => {
  it('is that of the request', () => {
    const job = submitted(GIVEN);

    expect(job.traceparent).toBe(GIVEN);
    expect(traceIdOf(job)).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
    expect(beginsTrace(job)).toBe(false);
  });

  it('begins a trace where the request names none, always the same one for a job', () => {
    const job = submitted();

    expect(job.traceparent).toBe(newTraceparent('b1'));
    expect(beginsTrace(job)).toBe(true);
    expect(traceparentOf({ id: 'b1', traceparent: null })).toBe(job.traceparent);
  });

  it('keeps the trace in every attempt, each with a span of its own', () => {
    const job = submitted(GIVEN);

    const [first, second] = [attemptTraceparent(job, 1), attemptTraceparent(job, 2)];

    expect(first).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01$/);
    expect(second).not.toBe(first);
    expect(first).toContain(attemptSpanId('b1', 1));
  });

  it.each([
    ['in capitals', GIVEN.toUpperCase()],
    ['of nothing but zeros', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`],
    ['of a span that is none', `00-4bf92f3577b34da6a3ce929d0e0e4736-${'0'.repeat(16)}-01`],
    ['of a version that nobody knows', `ff${GIVEN.slice(2)}`],
    ['with something behind it', `${GIVEN}-more`],
  ])('is refused %s', (_, traceparent) => {
    const decision = submitJob(world().state, {
      id: 'b1',
      job: { command: ['make'], traceparent },
      by: 'ann',
      now: noon,
    });

    expect(decision).toMatchObject({ ok: false, code: 'INVALID_DATA', reason: expect.stringContaining('traceparent') });
  });

  it('is valid for whatever id a job has', () => {
    const id = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,99}$/);
    fc.assert(
      fc.property(id, fc.integer({ min: 1, max: 1000 }), (jobId, token) => {
        const job = { id: jobId, traceparent: null };
        for (const traceparent of [traceparentOf(job), attemptTraceparent(job, token)])
          expect(validate('queue-job', { command: ['make'], traceparent }).ok).toBe(true);
      }),
    );
  });

  it('is another one for every job, also for ids that differ in one letter', () => {
    const ids = Array.from({ length: 20_000 }, (_, at) => `01k${at.toString(36).padStart(8, '0')}`);

    expect(new Set(ids.map((id) => newTraceparent(id).slice(3, 35))).size).toBe(ids.length);
    expect(new Set(ids.flatMap((id) => [attemptSpanId(id, 1), attemptSpanId(id, 2)])).size).toBe(2 * ids.length);
  });
});
