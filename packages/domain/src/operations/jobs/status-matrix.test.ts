/** Every act on a job in every status: where it leads, or with which code it is refused. The drawing of entities/job.ts, walked. */
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../decision.ts';
import { JOB_STATUSES, type Job, type JobStatus, NEXT_STATUS } from '../../entities/job.ts';
import { stateAfter } from '../../spec/outcome.ts';
import { minutesAfterNoon, noon, world } from '../../spec/world.ts';
import type { State } from '../../state.ts';
import { assignJob } from './assign-job.ts';
import { cancelJob } from './cancel-job.ts';
import { claimJob } from './claim-job.ts';
import { expireJob } from './expire-job.ts';
import { type FinishJob, finishJob } from './finish-job.ts';
import { pauseJob, unpauseJob } from './pause-job.ts';
import { prioritiseJob } from './prioritise-job.ts';
import { progressJob } from './progress-job.ts';
import { requeueJob } from './requeue-job.ts';
import { retryJob } from './retry-job.ts';
import { startJob } from './start-job.ts';

const holder = { jobId: 'b1', agentId: 'mac', token: 3, now: noon };
const asked = { jobId: 'b1', by: 'ann', reason: null, now: noon };
const result = { exitCode: 0, artifacts: 0, manifest: null, log: null, tests: null, isolation: null };
const end = { cause: null, exitCode: 0, signal: null, reason: null, stages: [], result };
const finish = (status: FinishJob['status']) => (state: State) => finishJob(state, { ...holder, ...end, status });
const stages = [
  { name: 'Build', status: 'Running', startedAt: noon, endedAt: null, warnings: 0, errors: 0, message: null },
] as const;

const ACTS: Record<string, (state: State) => Decision<unknown>> = {
  claim: (state) => claimJob(state, { agentId: 'mac', boot: null, jobId: 'b1', now: noon }),
  start: (state) => startJob(state, holder),
  progress: (state) => progressJob(state, { ...holder, stages }),
  succeed: finish('succeeded'),
  fail: finish('failed'),
  'end as cancelled': finish('cancelled'),
  cancel: (state) => cancelJob(state, asked),
  retry: (state) => retryJob(state, asked),
  requeue: (state) => requeueJob(state, { ...asked, token: 3, reason: 'silent' }),
  expire: (state) => expireJob(state, { jobId: 'b1', by: 'mac', now: minutesAfterNoon(2) }),
  pause: (state) => pauseJob(state, { ...asked, until: null }),
  unpause: (state) => unpauseJob(state, asked),
  assign: (state) => assignJob(state, { jobId: 'b1', agentId: 'mac', reason: null, now: noon }),
  prioritise: (state) => prioritiseJob(state, { jobId: 'b1', priority: 1, reason: null, now: noon }),
};

const GONE = 'ALREADY_FINISHED';
/** In the order of JOB_STATUSES: queued, claimed, running, succeeded, failed, cancelled, expired. */
const MATRIX: Record<string, readonly string[]> = {
  claim: ['claimed', 'NOT_RUNNABLE', 'NOT_RUNNABLE', 'NOT_RUNNABLE', 'NOT_RUNNABLE', 'NOT_RUNNABLE', 'NOT_RUNNABLE'],
  start: ['STALE_TOKEN', 'running', 'running', GONE, GONE, GONE, GONE],
  progress: ['STALE_TOKEN', 'claimed', 'running', GONE, GONE, GONE, GONE],
  succeed: ['STALE_TOKEN', 'succeeded', 'succeeded', GONE, GONE, GONE, GONE],
  fail: ['STALE_TOKEN', 'failed', 'failed', GONE, GONE, GONE, GONE],
  'end as cancelled': ['STALE_TOKEN', 'cancelled', 'cancelled', GONE, GONE, GONE, GONE],
  cancel: ['cancelled', 'claimed', 'running', GONE, GONE, 'cancelled', GONE],
  retry: ['NOT_FINISHED', 'NOT_FINISHED', 'NOT_FINISHED', GONE, 'queued', 'queued', 'queued'],
  requeue: ['NOT_HELD', 'queued', 'queued', 'NOT_HELD', 'NOT_HELD', 'NOT_HELD', 'NOT_HELD'],
  expire: ['expired', 'NOT_RUNNABLE', 'NOT_RUNNABLE', GONE, GONE, GONE, 'expired'],
  pause: ['queued', 'NOT_RUNNABLE', 'NOT_RUNNABLE', GONE, GONE, GONE, GONE],
  unpause: ['queued', 'NOT_RUNNABLE', 'NOT_RUNNABLE', GONE, GONE, GONE, GONE],
  assign: ['queued', 'NOT_RUNNABLE', 'NOT_RUNNABLE', GONE, GONE, GONE, GONE],
  prioritise: ['queued', 'claimed', 'running', GONE, GONE, GONE, GONE],
};

const CASES = Object.entries(MATRIX).flatMap(([act, row]) =>
  JOB_STATUSES.map((status, at) => [act, status, row[at] ?? ''] as const),
);

const a = (status: JobStatus): State =>
  world().agent('mac', { slots: 9 }).job('b1', { status, token: 3, queueTimeoutSeconds: 60 }).state;

describe('status matrix', () => {
  it.each(CASES)('%s of a job that is %s: %s', (act, status, expected) => {
    const state = a(status);
    const decision = ACTS[act]?.(state);

    expect(decision?.ok ? statusIn(stateAfter(state, decision)) : decision?.code).toBe(expected);
  });

  it.each(CASES)('%s of a job that is %s goes no way that the drawing does not show', (act, status) => {
    const state = a(status);
    const decision = ACTS[act]?.(state);
    if (!decision?.ok) return;

    expect([status, ...NEXT_STATUS[status]]).toContain(statusIn(stateAfter(state, decision)));
  });

  it.each(['start', 'progress', 'succeed', 'fail', 'end as cancelled', 'requeue'])(
    '%s under an old token is refused',
    (act) => {
      const { state } = world().agent('mac').job('b1', { status: 'running', token: 4 });

      expect(ACTS[act]?.(state)).toMatchObject({ ok: false, code: 'STALE_TOKEN' });
    },
  );

  it.each(['start', 'progress', 'succeed', 'fail', 'end as cancelled'])('%s by another agent is refused', (act) => {
    const { state } = world().agent('mac').job('b1', { status: 'running', token: 3, agent: 'pc' });

    expect(ACTS[act]?.(state)).toMatchObject({ ok: false, code: 'STALE_TOKEN' });
  });

  it.each(Object.keys(ACTS))('%s of a job that does not exist is refused', (act) => {
    expect(ACTS[act]?.(world().agent('mac').state)).toMatchObject({ ok: false, code: 'NOT_FOUND' });
  });
});

const statusIn = (state: State): Job['status'] | undefined => state.jobs.get('b1')?.status;
