import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../apply-changes.ts';
import type { Job } from '../../entities/job.ts';
import { violations } from '../../spec/audited.ts';
import { accepted, nothingToCommit, refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { minutesAfterNoon, noon, type World, world } from '../../spec/world.ts';
import type { State } from '../../state.ts';
import { attemptTraceparent } from '../../traces/traceparent.ts';
import { explain } from '../../views/explain.ts';
import { cancelJob } from './cancel-job.ts';
import { claimJob } from './claim-job.ts';
import { expireJob } from './expire-job.ts';
import { type FinishJob, finishJob } from './finish-job.ts';
import { pauseJob, unpauseJob } from './pause-job.ts';
import { prioritiseJob } from './prioritise-job.ts';
import { requeueJob } from './requeue-job.ts';
import { retryJob } from './retry-job.ts';
import { splitJob } from './split-job.ts';
import type { Child, SplitJob } from './split-wish.ts';

const part = (id: string, wave: number, needs: string[] = []): Child => ({
  id,
  part: { kind: 'part', wave, projects: [`src/${id}`] },
  needs,
  assignedTo: null,
});

const wish: SplitJob = {
  jobId: 'b1',
  agentId: 'mac',
  token: 1,
  kind: 'distributed',
  children: [part('p1', 0), part('p2', 0), part('p3', 1, ['p1', 'p2'])],
  waves: 2,
  projects: 3,
  agents: 2,
  criticalPath: ['src/p1', 'src/p3'],
  aloneSeconds: 30,
  togetherSeconds: 20,
  commit: 'c'.repeat(40),
  branch: 'main',
  toolchain: 'npm',
  requires: ['cache=team'],
  stages: [],
  now: noon,
};

const able = {
  capabilities: { os: 'linux', arch: 'x64', cores: 4, memoryGB: 8, diskGB: 9, tools: { npm: '11', cache: 'team' } },
};
const held = (fields: Parameters<World['job']>[1] = {}): World =>
  world()
    .agent('mac', { ...able, slots: 3 })
    .agent('pc', able)
    .job('b1', { status: 'running', strategy: 'Distributed', repository: '/srv/app', command: null, ...fields });
const split = (fields: Partial<SplitJob> = {}): State =>
  stateAfter(held().state, splitJob(held().state, { ...wish, ...fields }));

const claim = (state: State, jobId: string, agentId = 'mac'): State =>
  stateAfter(state, claimJob(state, { agentId, boot: null, jobId, now: noon }));
const ending = (state: State, jobId: string, fields: Partial<FinishJob>): FinishJob => ({
  jobId,
  agentId: state.jobs.get(jobId)?.agent ?? '',
  token: state.jobs.get(jobId)?.token ?? 0,
  status: 'succeeded',
  cause: null,
  exitCode: 0,
  signal: null,
  reason: null,
  stages: [],
  result: {},
  now: noon,
  ...fields,
});
const done = (state: State, jobId: string, fields: Partial<FinishJob> = {}): State => {
  const claimed = claim(state, jobId);
  return stateAfter(claimed, finishJob(claimed, ending(claimed, jobId, fields)));
};
const broke = { status: 'failed', cause: 'code', exitCode: 1, reason: '2 of 9 tests failed' } as const;
const statuses = (state: State) => ['b1', 'p1', 'p2', 'p3'].map((id) => state.jobs.get(id)?.status);

describe('split-job', () => {
  it('puts the parts into the queue, ends the attempt, and lets the job wait for all of them', () => {
    const state = split();

    expect(state.jobs.get('b1')).toMatchObject({
      status: 'queued',
      agent: null,
      needs: ['p1', 'p2', 'p3'],
      commit: wish.commit,
      attempts: [{ status: 'split', endedAt: noon }],
      split: { kind: 'distributed', at: noon, children: ['p1', 'p2', 'p3'], waves: 2, criticalPath: wish.criticalPath },
    });
    expect(state.jobs.get('p3')).toMatchObject({
      status: 'queued',
      needs: ['p1', 'p2'],
      parent: 'b1',
      part: { wave: 1 },
    });
  });

  it('gives the parts what their job says of where and how it may run', () => {
    const fields = {
      priority: 2,
      labels: ['mac'],
      requires: ['cores>=2'],
      secrets: ['TOKEN'],
      retries: 1,
      timeoutSeconds: 60,
    };
    const { state } = held(fields);

    const after = stateAfter(state, splitJob(state, wish));

    const asked = {
      ...fields,
      requires: ['cores>=2', 'cache=team'],
      commit: wish.commit,
      branch: 'main',
      toolchain: 'npm',
    };
    expect(after.jobs.get('p1')).toMatchObject({
      ...asked,
      strategy: 'Cached',
      repository: '/srv/app',
      group: null,
      key: null,
    });
  });

  it('puts the parts into the trace of their job, below the attempt that split it', () => {
    const state = split();
    const [parent, ...parts] = ['b1', 'p1', 'p3'].map((id) => state.jobs.get(id));

    expect(parts.map((it) => it?.traceparent)).toEqual(Array(2).fill(attemptTraceparent(parent as Job, 1)));
  });

  it('asked again under the same token, changes nothing', () => {
    expect(splitJob(split(), wish)).toMatchObject(nothingToCommit);
  });

  it.each([
    ['a stale token', {}, { token: 7 }, 'STALE_TOKEN'],
    ['another agent', {}, { agentId: 'pc' }, 'STALE_TOKEN'],
    ['a job that is not built in parts', { strategy: 'Clean' }, {}, 'CONFLICT'],
    ['a part', { parent: 'b0', part: { kind: 'part', wave: 0, projects: [] } }, {}, 'CONFLICT'],
    ['a job that holds a lock', { locks: ['l1'] }, {}, 'CONFLICT'],
    ['no parts', {}, { children: [] }, 'INVALID_DATA'],
    ['too many parts', {}, { children: Array.from({ length: 201 }, (_, at) => part(`p${at}`, 0)) }, 'INVALID_DATA'],
    ['the same part twice', {}, { children: [part('p1', 0), part('p1', 0)] }, 'DUPLICATE_ID'],
    ['a part with the id of a job', {}, { children: [part('b1', 0)] }, 'DUPLICATE_ID'],
    ['a part that needs a later one', {}, { children: [part('p1', 0, ['p2']), part('p2', 0)] }, 'UNKNOWN_NEED'],
    ['an id that is none', {}, { children: [part('../p1', 0)] }, 'INVALID_DATA'],
    ['an unknown agent', {}, { children: [{ ...part('p1', 0), assignedTo: 'ghost' }] }, 'UNKNOWN_AGENT'],
  ] as const)('refuses %s', (_, fields, input, code) => {
    const { state } = held(fields as Parameters<World['job']>[1]);

    expect(splitJob(state, { ...wish, ...input })).toMatchObject(refusal(code));
  });

  it('lets anyone who can claim the job once more when all parts have succeeded', () => {
    const waiting = done(done(split(), 'p1'), 'p2');
    expect(explain(waiting, resultOf(unchanged(waiting)), noon).reasons[0]).toMatchObject({
      code: 'needs-running',
      text: 'waits for 1 of 3 parts: 1 waits',
    });

    const merging = claim(done(waiting, 'p3'), 'b1', 'pc');
    const merged = stateAfter(merging, finishJob(merging, ending(merging, 'b1', {})));

    expect(merged.jobs.get('b1')).toMatchObject({ status: 'succeeded', token: 2, split: { failure: null } });
  });

  it('says which parts run where', () => {
    const state = claim(claim(split(), 'p1'), 'p2', 'pc');

    expect(explain(state, resultOf(unchanged(state)), noon).reasons[0]?.text).toBe(
      'waits for 3 of 3 parts: p1 runs on mac, p2 runs on pc, 1 waits',
    );
  });

  it('fails with the first part that fails for good, and stops the others', () => {
    const state = done(claim(split(), 'p2', 'pc'), 'p1', broke);

    expect(statuses(state)).toEqual(['failed', 'failed', 'claimed', 'cancelled']);
    expect(state.jobs.get('p2')?.cancelRequested?.reason).toContain('job b1 failed');
    expect(state.jobs.get('b1')).toMatchObject({
      endedAt: noon,
      split: { failure: 'part 1 of 3, p1 (src/p1), has failed on mac: 2 of 9 tests failed' },
    });
  });

  it('goes on while a part is tried again', () => {
    const { state } = held({ retries: 1 });
    const tried = done(stateAfter(state, splitJob(state, wish)), 'p1', broke);

    expect(statuses(tried)).toEqual(['queued', 'queued', 'queued', 'queued']);
  });

  it.each([
    ['is cancelled', (state: State) => cancelJob(state, { jobId: 'p1', by: 'ann', reason: 'enough', now: noon })],
    [
      'expires',
      (state: State) => {
        const job = state.jobs.get('p1');
        const impatient = job ? world(state).job('p1', { ...job, queueTimeoutSeconds: 1 }).state : state;
        return expireJob(impatient, { jobId: 'p1', by: 'pc', now: minutesAfterNoon(1) });
      },
    ],
  ] as const)('fails when a part %s', (_, end) => {
    const state = stateAfter(split(), end(split()));

    expect(state.jobs.get('b1')?.status).toBe('failed');
    expect(statuses(state).slice(2)).toEqual(['cancelled', 'cancelled']);
  });

  it('fails when a part was lost too often', () => {
    const { state } = held().yard({ jobs: { ...held().state.yard.jobs, lostAttempts: 0 } });
    const claimed = claim(stateAfter(state, splitJob(state, wish)), 'p1');

    const lost = stateAfter(
      claimed,
      requeueJob(claimed, { jobId: 'p1', token: 1, by: 'pc', reason: 'silent', now: noon }),
    );

    expect(statuses(lost)).toEqual(['failed', 'failed', 'cancelled', 'cancelled']);
  });

  it('cancels its parts with itself', () => {
    const state = claim(split(), 'p1', 'pc');

    const cancelled = stateAfter(state, cancelJob(state, { jobId: 'b1', by: 'ann', reason: null, now: noon }));

    expect(statuses(cancelled)).toEqual(['cancelled', 'claimed', 'cancelled', 'cancelled']);
    expect(cancelled.jobs.get('p1')?.cancelRequested).toMatchObject({ by: 'ann' });
  });

  it('passes its priority and its pauses on to the parts that wait', () => {
    const state = claim(split(), 'p1', 'pc');
    const urgent = stateAfter(state, prioritiseJob(state, { jobId: 'b1', priority: 1, reason: null, now: noon }));
    const paused = stateAfter(
      urgent,
      pauseJob(urgent, { jobId: 'b1', by: 'ann', reason: null, until: null, now: noon }),
    );
    const going = stateAfter(paused, unpauseJob(paused, { jobId: 'b1', reason: null, now: noon }));

    expect(['p1', 'p2', 'p3'].map((id) => paused.jobs.get(id)?.priority)).toEqual([5, 1, 1]);
    expect(['p1', 'p2', 'p3'].map((id) => paused.jobs.get(id)?.paused?.by)).toEqual([undefined, 'ann', 'ann']);
    expect(going.jobs.get('p3')?.paused).toBeNull();
  });

  it('is split anew when it is retried, while its parts are never retried alone', () => {
    const failed = done(split(), 'p1', broke);
    const asked = { by: 'ann', reason: null, now: noon };

    expect(retryJob(failed, { ...asked, jobId: 'p1' })).toMatchObject({ code: 'CONFLICT', refs: ['p1', 'b1'] });
    const retried = stateAfter(failed, retryJob(failed, { ...asked, jobId: 'b1' }));
    expect(retried.jobs.get('b1')).toMatchObject({ status: 'queued', split: null, needs: [] });
    const again = claim(retried, 'b1');
    const second = { ...wish, token: 2, children: [part('q1', 0), part('q2', 1, ['q1'])] };
    expect(stateAfter(again, splitJob(again, second)).jobs.get('b1')?.needs).toEqual(['q1', 'q2']);
  });

  it('of a canary hears how all followers went before it fails', () => {
    const follower = (agent: string): Child => ({
      id: `f-${agent}`,
      part: { kind: 'follower', wave: 1, projects: [] },
      needs: ['p1'],
      assignedTo: agent,
    });
    const canary: Child = { ...part('p1', 0), part: { kind: 'canary', wave: 0, projects: [] }, assignedTo: 'mac' };
    const { state } = held({ strategy: 'Canary' });
    const plan = { ...wish, kind: 'canary', children: [canary, follower('mac'), follower('pc')] } as const;
    const healthy = done(stateAfter(state, splitJob(state, plan)), 'p1');

    const one = done(healthy, 'f-mac', broke);
    expect(one.jobs.get('b1')?.status).toBe('queued');
    const claimed = claim(one, 'f-pc', 'pc');
    const both = stateAfter(claimed, finishJob(claimed, ending(claimed, 'f-pc', {})));

    expect(both.jobs.get('b1')).toMatchObject({
      status: 'failed',
      split: { failure: 'the follower f-mac for mac has failed on mac: 2 of 9 tests failed' },
    });
    expect(healthy.jobs.get('f-pc')).toMatchObject({ strategy: 'Clean', queueTimeoutSeconds: 3600 });
  });

  it('leaves a history that the audit finds in order', () => {
    const before = claim(split(), 'p1');
    const decision = accepted(finishJob(before, ending(before, 'p1', broke)));
    const operation = { ...told, operation: 'finish', agent: 'mac', job: 'p1', token: 1 };

    expect(violations(before, applyChanges(before, decision.changes), [operation])).toEqual([]);
    const splitting = { ...told, operation: 'split', agent: 'mac', job: 'b1', token: 1 };
    expect(violations(held().state, split(), [splitting])).toEqual([]);
  });
});

const told = { lock: null, message: null, transaction: 't1', actor: null };

function unchanged(state: State) {
  return prioritiseJob(state, { jobId: 'b1', priority: 5, reason: null, now: noon });
}
