import { describe, expect, it } from 'vitest';
import type { Agent } from '../entities/agent.ts';
import { noon, world } from '../spec/world.ts';
import type { State } from '../state.ts';
import { freeSlots, pickJob } from './pick.ts';

const mac = (state: State): Agent => {
  const found = state.agents.get('mac');
  if (!found) throw new Error('the spec has no mac');
  return found;
};
const picked = (state: State) => pickJob(state, mac(state), noon)?.id;

describe('pick', () => {
  it('takes the first that fits and that nothing blocks', () => {
    const { state } = world()
      .agent('mac')
      .job('b1', { priority: 1, labels: ['gpu'] })
      .job('b2', { priority: 2, needs: ['b4'] })
      .job('b3', { priority: 3 })
      .job('b4', { priority: 4 });

    expect(picked(state)).toBe('b3');
  });

  it('takes nothing when nothing fits', () => {
    expect(
      picked(
        world()
          .agent('mac')
          .job('b1', { labels: ['gpu'] }).state,
      ),
    ).toBeUndefined();
  });

  it('counts the slots that are free, below nothing when they became fewer', () => {
    const busy = world().job('b1', { status: 'running' }).job('b2', { status: 'claimed' });

    expect(freeSlots(busy.state, mac(busy.agent('mac', { slots: 3 }).state))).toBe(1);
    expect(freeSlots(busy.state, mac(busy.agent('mac', { slots: 1 }).state))).toBe(-1);
  });
});
