import { describe, expect, it } from 'vitest';
import { refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { minutesAfterNoon, noon, world } from '../../spec/world.ts';
import { removeAgent } from './remove-agent.ts';

const act = { agentId: 'mac', reason: 'it was sold', now: noon };
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

  it('leaves one with a job in its hands, silent or forced', () => {
    const { state } = world().agent('mac').job('b1', { status: 'running' }).beat('mac', longAgo);

    expect(removeAgent(state, act)).toMatchObject({ ...refusal('CONFLICT'), refs: ['b1'] });
    expect(removeAgent(state, { ...act, force: true })).toMatchObject({ ...refusal('CONFLICT'), refs: ['b1'] });
  });
});
