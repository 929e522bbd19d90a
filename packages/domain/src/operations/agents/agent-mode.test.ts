import { describe, expect, it } from 'vitest';
import { nothingToCommit, refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { noon, world } from '../../spec/world.ts';
import { drainAgent, maintainAgent, removeAgent, resumeAgent } from './agent-mode.ts';

const act = { agentId: 'mac', reason: 'a new disk', now: noon };

describe('agent-mode', () => {
  it.each([
    ['drain', drainAgent, 'draining'],
    ['maintain', maintainAgent, 'maintenance'],
    ['resume', resumeAgent, 'active'],
  ] as const)('%s says since when and why', (_, operation, mode) => {
    const other = mode === 'active' ? 'draining' : 'active';
    const { state } = world().agent('mac', { mode: other });

    const agent = resultOf(operation(state, act));

    expect(agent).toMatchObject({ mode, modeReason: 'a new disk', modeSince: noon });
    expect(operation(stateAfter(state, operation(state, act)), act)).toMatchObject(nothingToCommit);
  });

  it('leaves a draining agent the job that it has', () => {
    const { state } = world().agent('mac').job('b1', { status: 'running' });

    expect(stateAfter(state, drainAgent(state, act)).jobs.get('b1')?.agent).toBe('mac');
  });

  it('accepts the beginning of an id, and refuses one that two agents share', () => {
    const { state } = world().agent('mac-1').agent('mac-2').agent('pc');

    expect(resultOf(drainAgent(state, { ...act, agentId: 'p' })).id).toBe('pc');
    expect(drainAgent(state, act)).toMatchObject({ ...refusal('AMBIGUOUS_ID'), refs: ['mac-1', 'mac-2'] });
    expect(drainAgent(state, { ...act, agentId: '' })).toMatchObject(refusal('NOT_FOUND'));
  });

  it('strikes off an agent, but not one with a job in its hands', () => {
    const { state } = world().agent('mac').agent('pc').job('b1', { status: 'running' });

    expect(removeAgent(state, act)).toMatchObject({ ...refusal('CONFLICT'), refs: ['b1'] });
    expect(stateAfter(state, removeAgent(state, { ...act, agentId: 'pc' })).agents.has('pc')).toBe(false);
  });
});
