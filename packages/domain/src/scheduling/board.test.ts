import { describe, expect, it } from 'vitest';
import { world } from '../spec/world.ts';
import { boardOf } from './board.ts';

describe('board', () => {
  it('sorts the jobs into waiting and held, by agent and by group', () => {
    const { state } = world()
      .job('b1')
      .job('b2', { status: 'running', agent: 'mac', group: 'deploy' })
      .job('b3', { status: 'claimed', agent: 'mac' })
      .job('b4', { status: 'succeeded' });

    const board = boardOf(state);

    expect(board.queued.map((job) => job.id)).toEqual(['b1']);
    expect(
      board.heldBy
        .get('mac')
        ?.map((job) => job.id)
        .sort(),
    ).toEqual(['b2', 'b3']);
    expect(board.groups.get('deploy')?.map((job) => job.id)).toEqual(['b2']);
  });

  it('is worked out once for the same jobs', () => {
    const { state } = world().job('b1');

    expect(boardOf({ ...state, agents: world().agent('mac').state.agents })).toBe(boardOf(state));
  });
});
