import { describe, expect, it } from 'vitest';
import { auditStep } from '../../audit/audit.ts';
import { refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { anAttempt } from '../../spec/samples.ts';
import { minutesAfterNoon, noon, world } from '../../spec/world.ts';
import { removeAgent } from './remove-agent.ts';

const act = { agentId: 'mac', by: 'ann', reason: 'it was sold', now: noon };
const lostOn = (agent: string, token: number) =>
  anAttempt({ agent, token, startedAt: noon, status: 'lost', cause: 'lost', endedAt: noon });
const longAgo = { at: minutesAfterNoon(-60), nextBeatBy: minutesAfterNoon(-59) };

describe('remove-agent', () => {
  it.each([
    ['was stopped', { stopped: true }],
    ['is silent', longAgo],
  ])('strikes off an agent that %s', (_, beat) => {
    const { state } = world().agent('mac').beat('mac', beat);

    expect(stateAfter(state, removeAgent(state, act)).agents.has('mac')).toBe(false);
  });

  it('strikes off one that nobody ever heard of, by the beginning of its id', () => {
    const { state } = world().agent('mac').agent('pc');

    expect(resultOf(removeAgent(state, { ...act, agentId: 'm' })).id).toBe('mac');
    expect(removeAgent(state, { ...act, agentId: 'none' })).toMatchObject(refusal('NOT_FOUND'));
  });

  it('leaves one that lives, unless it is forced', () => {
    const { state } = world().agent('mac').beat('mac');

    expect(removeAgent(state, act)).toMatchObject({ ...refusal('CONFLICT'), refs: ['mac'] });
    expect(stateAfter(state, removeAgent(state, { ...act, force: true })).agents.has('mac')).toBe(false);
  });

  it('leaves one with a job in its hands, although it is silent', () => {
    const { state } = world().agent('mac').job('b1', { status: 'running' }).beat('mac', longAgo);

    expect(removeAgent(state, act)).toMatchObject({ ...refusal('CONFLICT'), refs: ['b1'] });
  });

  it('forced, gives back what it holds in the same step, with locks, tries and wishes as a requeue has them', () => {
    const { state } = world()
      .yard({ jobs: { ...world().state.yard.jobs, lostAttempts: 1 } })
      .agent('mac', { slots: 4 })
      .agent('pc')
      .lock('db', { holders: [{ holder: 'job/b1', token: 1, acquiredAt: noon, expiresAt: null, reason: null }] })
      .job('b1', { status: 'running', locks: ['db'] })
      .job('b2', { status: 'claimed', cancelRequested: { by: 'ann', at: noon, reason: null } })
      .job('b3', {
        status: 'running',
        attempts: [lostOn('pc', 1), anAttempt({ agent: 'mac', token: 2, startedAt: noon })],
        token: 2,
      })
      .job('b4', { status: 'running', agent: 'pc' });

    const decision = removeAgent(state, { ...act, force: true });
    const after = stateAfter(state, decision);

    expect(resultOf(decision)).toEqual({ id: 'mac', released: ['b1', 'b2', 'b3'] });
    expect([...after.jobs].map(({ id, status, agent }) => [id, status, agent]).sort()).toEqual([
      ['b1', 'queued', null],
      ['b2', 'cancelled', null],
      ['b3', 'failed', null],
      ['b4', 'running', 'pc'],
    ]);
    expect(after.jobs.get('b1')?.attempts).toMatchObject([
      { status: 'lost', cause: 'lost', reason: 'agent mac was struck off: it was sold', endedAt: noon },
    ]);
    expect(after.locks.get('db')?.holders).toEqual([]);
    const told = { operation: 'remove', agent: 'mac', job: null, lock: null, message: null };
    const operation = { ...told, token: null, transaction: '', actor: null };
    const changed = [...after.jobs].map(({ id }) => ({ kind: 'job', id }) as const);
    const all = [...changed, { kind: 'lock', id: 'db' }, { kind: 'agent', id: 'mac' }] as const;
    expect(auditStep(state, after, [operation], all)).toEqual([]);
    expect(auditStep(state, after, [{ ...operation, agent: 'pc' }], all)).toMatchObject([
      { rule: 'job-status' },
      { rule: 'job-status' },
      { rule: 'job-status' },
      { rule: 'lock-moved' },
    ]);
  });
});
