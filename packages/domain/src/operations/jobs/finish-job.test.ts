import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../entities/attempt.ts';
import type { Job } from '../../entities/job.ts';
import { refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { anAttempt } from '../../spec/samples.ts';
import { noon, world } from '../../spec/world.ts';
import { after } from '../../time.ts';
import { type FinishJob, finishJob } from './finish-job.ts';

const result = { exitCode: 0, artifacts: 2, manifest: null, log: null, tests: null, isolation: null };
const end: FinishJob = {
  jobId: 'b1',
  agentId: 'mac',
  token: 3,
  status: 'succeeded',
  cause: null,
  exitCode: 0,
  signal: null,
  reason: null,
  stages: [],
  result,
  now: noon,
};
const failure = { ...end, status: 'failed', cause: 'code', exitCode: 1 } as const;
const running = { status: 'running', token: 3 } as const;

describe('finish-job', () => {
  it('ends the job and its attempt, with what was really built', () => {
    const { state } = world().job('b1', { ...running, branch: 'main' });

    const job = resultOf(finishJob(state, { ...end, commit: 'c0ffee' }));

    expect(job).toMatchObject({
      status: 'succeeded',
      agent: null,
      endedAt: noon,
      result,
      branch: 'main',
      commit: 'c0ffee',
    });
    expect(job.attempts[0]).toMatchObject({ status: 'succeeded', exitCode: 0, endedAt: noon });
  });

  it('refuses an end under an old token', () => {
    const { state } = world().job('b1', running);

    expect(finishJob(state, { ...end, token: 2 })).toMatchObject(refusal('STALE_TOKEN'));
  });

  it.each([
    ['is held by somebody else', { ...running, agent: 'pc' }, 'job b1 is held by pc, not by mac'],
    ['was never held by it', { token: 3, attempts: [] }, 'job b1 is queued: nobody holds it, and mac never did'],
    [
      'went back to the queue',
      { token: 3, attempts: [anAttempt({ agent: 'mac', token: 3, startedAt: noon, status: 'lost', endedAt: noon })] },
      'job b1 is no longer held by mac: it went back to the queue',
    ],
  ])('refuses the end of a job that %s, and says so', (_, fields, reason) => {
    const { state } = world().job('b1', fields as Partial<Job>);

    expect(finishJob(state, end)).toMatchObject({ ok: false, code: 'STALE_TOKEN', reason });
  });

  it('gives the locks of the job back', () => {
    const holders = [{ holder: 'job/b1', token: 1, acquiredAt: noon, expiresAt: null, reason: null }];
    const { state } = world()
      .job('b1', { ...running, locks: ['db'] })
      .lock('db', { token: 1, holders });

    expect(stateAfter(state, finishJob(state, end)).locks.get('db')).toMatchObject({ token: 1, holders: [] });
  });

  it('keeps the manifest of an end, and not that of a try', () => {
    const manifest = {
      schemaVersion: 1,
      job: 'b1',
      agent: 'mac',
      token: 3,
      branch: null,
      commit: null,
      createdAt: noon,
      artifacts: [],
    };
    const { state } = world().job('b1', { ...running, retries: 1 });

    expect(stateAfter(state, finishJob(state, { ...end, manifest })).manifests.has('b1')).toBe(true);
    expect(stateAfter(state, finishJob(state, { ...failure, manifest })).manifests.has('b1')).toBe(false);
  });

  it('puts a failed job back while tries are left, after a pause that doubles', () => {
    const failed = (token: number): Attempt =>
      anAttempt({ agent: 'mac', token, startedAt: noon, status: 'failed', cause: 'code', endedAt: noon });
    const now = anAttempt({ agent: 'mac', token: 3, startedAt: noon, status: 'running' });
    const first = world().job('b1', { ...running, retries: 3, attempts: [now] });
    const third = world().job('b1', { ...running, retries: 3, attempts: [failed(1), failed(2), now] });

    expect(resultOf(finishJob(first.state, failure))).toMatchObject({
      status: 'queued',
      agent: null,
      notBefore: after(noon, 5_000),
    });
    expect(resultOf(finishJob(third.state, failure))).toMatchObject({
      status: 'queued',
      notBefore: after(noon, 20_000),
    });
  });

  it.each([
    ['the code fails and no retry was asked for', 'code', 0, 'failed'],
    ['the code fails and a retry was asked for', 'code', 1, 'queued'],
    ['the machine fails', 'infrastructure', 0, 'queued'],
    ['the time is up', 'timeout', 0, 'failed'],
  ] as const)('when %s (%s, %i retries): %s', (_, cause, retries, status) => {
    const { state } = world().job('b1', { ...running, retries });

    expect(resultOf(finishJob(state, { ...failure, cause })).status).toBe(status);
  });

  it('does not try again what somebody has cancelled', () => {
    const cancelRequested = { by: 'ann', at: noon, reason: null };
    const { state } = world().job('b1', { ...running, retries: 3, cancelRequested });

    expect(resultOf(finishJob(state, failure)).status).toBe('failed');
  });

  it('cuts a reason that is too long, because a result must never be lost by its words', () => {
    const { state } = world().job('b1', running);

    const job = resultOf(finishJob(state, { ...failure, reason: 'x'.repeat(9000) }));

    expect(job.attempts[0]?.reason).toHaveLength(2000);
  });
});
