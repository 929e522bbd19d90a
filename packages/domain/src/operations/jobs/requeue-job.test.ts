import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../entities/attempt.ts';
import { refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { anAttempt } from '../../spec/samples.ts';
import { noon, world } from '../../spec/world.ts';
import { requeueJob } from './requeue-job.ts';

const seen = { jobId: 'b1', token: 3, by: 'pc', reason: 'mac gave no sign of life for 750 s', now: noon };
const attempt = (token: number, fields: Partial<Attempt>): Attempt =>
  anAttempt({ agent: 'mac', token, startedAt: noon, ...fields });

describe('requeue-job', () => {
  it('puts the job back at once, and its attempt down as lost', () => {
    const { state } = world().job('b1', { status: 'running', token: 3 });

    const job = resultOf(requeueJob(state, seen));

    expect(job).toMatchObject({ status: 'queued', agent: null, token: 3, notBefore: null });
    expect(job.attempts[0]).toMatchObject({ status: 'lost', cause: 'lost', reason: seen.reason, endedAt: noon });
  });

  it('does not make a lost job wait for failures that came before', () => {
    const attempts = [
      attempt(2, { status: 'failed', cause: 'code', endedAt: noon }),
      attempt(3, { status: 'running' }),
    ];
    const { state } = world().job('b1', { status: 'running', token: 3, retries: 5, attempts });

    expect(resultOf(requeueJob(state, seen)).notBefore).toBeNull();
  });

  it('happens once, whoever else saw the same silence', () => {
    const { state } = world().job('b1', { status: 'running', token: 3 });
    const after = stateAfter(state, requeueJob(state, seen));

    expect(requeueJob(after, { ...seen, by: 'linux' })).toMatchObject(refusal('NOT_HELD'));
  });

  it('ends a job that was lost too often', () => {
    const lost = [1, 2, 3].map((token) => attempt(token, { status: 'lost', cause: 'lost', endedAt: noon }));
    const { state } = world().job('b1', {
      status: 'running',
      token: 4,
      attempts: [...lost, attempt(4, { status: 'running' })],
    });

    expect(resultOf(requeueJob(state, { ...seen, token: 4 }))).toMatchObject({ status: 'failed', endedAt: noon });
  });

  it('costs no try when the holder itself gives the job back, though not for ever', () => {
    const returned = (times: number) =>
      Array.from({ length: times }, (_, at) => attempt(at + 1, { status: 'lost', cause: 'returned', endedAt: noon }));
    const after = (times: number) => {
      const token = times + 1;
      const attempts = [...returned(times), attempt(token, { status: 'running' })];
      const { state } = world().job('b1', { status: 'running', token, attempts });
      return requeueJob(state, { ...seen, token, by: 'mac', returned: true });
    };

    expect(resultOf(after(30))).toMatchObject({ status: 'queued' });
    expect(resultOf(after(30)).attempts.at(-1)).toMatchObject({ status: 'lost', cause: 'returned' });
    expect(resultOf(after(99))).toMatchObject({ status: 'failed' });
  });

  it('lets nobody but the holder say that it was given back', () => {
    const { state } = world().job('b1', { status: 'running', token: 3 });

    expect(requeueJob(state, { ...seen, returned: true })).toMatchObject(refusal('CONFLICT'));
  });

  it('cancels a job that was to be cancelled', () => {
    const cancelRequested = { by: 'ann', at: noon, reason: null };
    const { state } = world().job('b1', { status: 'running', token: 3, cancelRequested });

    expect(resultOf(requeueJob(state, seen)).status).toBe('cancelled');
  });

  it('frees the locks of the job', () => {
    const holders = [{ holder: 'job/b1', token: 1, acquiredAt: noon, expiresAt: null, reason: null }];
    const { state } = world()
      .job('b1', { status: 'running', token: 3, locks: ['db'] })
      .lock('db', { token: 1, holders });

    expect(stateAfter(state, requeueJob(state, seen)).locks.get('db')?.holders).toEqual([]);
  });
});
