import { describe, expect, it } from 'vitest';
import { nothingToCommit, refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { minutesAfterNoon, noon, world } from '../../spec/world.ts';
import { agentLine } from '../../views/fleet-status.ts';
import { claimJob } from '../jobs/claim-job.ts';
import { drainAgent, maintainAgent, resumeAgent } from './agent-mode.ts';

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

  it('takes up another reason of one that rests already, and none where nobody names one', () => {
    const { state } = world().agent('mac');
    const resting = stateAfter(state, maintainAgent(state, act));

    expect(resultOf(maintainAgent(resting, { ...act, reason: 'and a new fan' })).modeReason).toBe('and a new fan');
    expect(maintainAgent(resting, { ...act, reason: null })).toMatchObject(nothingToCommit);
  });

  it('says who did it, and ends by itself at its time', () => {
    const until = minutesAfterNoon(60);
    const { state } = world().agent('mac').beat('mac').job('b1');
    const drained = stateAfter(state, drainAgent(state, { ...act, by: 'ann', until }));
    const claim = (now: string) => claimJob(drained, { agentId: 'mac', boot: null, now });

    expect(drained.agents.get('mac')).toMatchObject({ mode: 'draining', modeBy: 'ann', modeUntil: until });
    expect(claim(minutesAfterNoon(59))).toMatchObject(refusal('AGENT_NOT_ACTIVE'));
    expect(claim(until).ok).toBe(true);
    expect(agentLine(drained, resultOf(drainAgent(drained, { ...act, until })), until)).toMatchObject({
      mode: 'active',
      modeUntil: null,
    });
    expect(drainAgent(state, { ...act, until: noon })).toMatchObject(refusal('INVALID_DATA'));
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
});
