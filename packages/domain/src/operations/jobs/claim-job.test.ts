import { describe, expect, it } from 'vitest';
import { refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { noon, world } from '../../spec/world.ts';
import { claimJob } from './claim-job.ts';

const byMac = { agentId: 'mac', boot: 'mac-boot', now: noon } as const;

describe('claim-job', () => {
  it('gives the first job of the order, with the next token and a new attempt', () => {
    const { state } = world().agent('mac').job('b2', { priority: 5 }).job('b1', { priority: 1, token: 3 });

    const job = resultOf(claimJob(state, byMac));

    expect(job).toMatchObject({ id: 'b1', status: 'claimed', token: 4, agent: 'mac' });
    expect(job.attempts.at(-1)).toMatchObject({ number: 2, token: 4, agent: 'mac', boot: 'mac-boot', endedAt: null });
  });

  it('passes a job that needs labels it has only some of', () => {
    const { state } = world()
      .agent('mac', { labels: ['build', 'npm'] })
      .job('b1', { labels: ['build', 'dotnet'] });

    expect(claimJob(state, byMac)).toMatchObject(refusal('NO_RUNNABLE_JOB'));
  });

  it('takes the locks of the job in the same commit', () => {
    const { state } = world()
      .agent('mac')
      .lock('db', { token: 7 })
      .job('b1', { locks: ['db', 'new'] });

    const after = stateAfter(state, claimJob(state, byMac));

    expect(after.locks.get('db')).toMatchObject({
      token: 8,
      holders: [{ holder: 'job/b1', token: 8, expiresAt: null }],
    });
    expect(after.locks.get('new')).toMatchObject({ token: 1, holders: [{ holder: 'job/b1', token: 1 }] });
  });

  it('takes a lock whose holder has run out, and leaves that one no place', () => {
    const holders = [{ holder: 'ann', token: 1, acquiredAt: noon, expiresAt: '2026-03-02T11:00:00Z', reason: null }];
    const { state } = world()
      .agent('mac')
      .lock('db', { token: 1, holders })
      .job('b1', { locks: ['db'] });

    const after = stateAfter(state, claimJob(state, byMac));

    expect(after.locks.get('db')?.holders.map((it) => it.holder)).toEqual(['job/b1']);
  });

  it('says the job and the token in the trailers of its commit', () => {
    const { state } = world().agent('mac').job('b1');

    expect(claimJob(state, byMac)).toMatchObject({
      summary: 'claim job b1 for mac',
      subject: { agent: 'mac', job: 'b1', token: 1 },
    });
  });

  it.each([
    ['an agent that nobody knows', world().job('b1'), byMac, 'UNKNOWN_AGENT'],
    ['another daemon of the same name', world().agent('mac').job('b1'), { ...byMac, boot: 'other' }, 'DUPLICATE_AGENT'],
    ['an agent that drains', world().agent('mac', { mode: 'draining' }).job('b1'), byMac, 'AGENT_NOT_ACTIVE'],
    [
      'an agent with full slots',
      world().agent('mac').job('b0', { status: 'running' }).job('b1'),
      byMac,
      'NO_RUNNABLE_JOB',
    ],
    ['an empty queue', world().agent('mac'), byMac, 'NO_RUNNABLE_JOB'],
    ['a job that does not exist', world().agent('mac'), { ...byMac, jobId: 'b1' }, 'NOT_FOUND'],
    [
      'a job that has ended',
      world().agent('mac').job('b1', { status: 'failed' }),
      { ...byMac, jobId: 'b1' },
      'NOT_RUNNABLE',
    ],
    [
      'a job that waits for another',
      world()
        .agent('mac')
        .job('b0')
        .job('b1', { needs: ['b0'] }),
      { ...byMac, jobId: 'b1' },
      'NOT_RUNNABLE',
    ],
    [
      'a job of another agent',
      world().agent('mac').agent('pc').job('b1', { assignedTo: 'pc' }),
      { ...byMac, jobId: 'b1' },
      'NOT_RUNNABLE',
    ],
  ] as const)('refuses %s', (_, { state }, input, code) => {
    expect(claimJob(state, input)).toMatchObject(refusal(code));
  });

  it('lets a person claim by hand, without a daemon', () => {
    const { state } = world().agent('mac').job('b1');

    const job = resultOf(claimJob(state, { ...byMac, boot: null }));

    expect(job.attempts[0]?.boot).toBeNull();
  });
});
