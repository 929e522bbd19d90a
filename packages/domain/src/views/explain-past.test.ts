import { describe, expect, it } from 'vitest';
import { noon, world } from '../spec/world.ts';
import { explain } from './explain.ts';
import { explainPast } from './explain-past.ts';

const job = (state: ReturnType<typeof world>['state']) => {
  const found = state.jobs.get('b1');
  if (!found) throw new Error('there is no b1');
  return found;
};

describe('explain-past', () => {
  it('says that nobody knows who was alive, and names whom it could have run on', () => {
    const { state } = world().agent('mac').agent('pc').job('b1');

    expect(explainPast(state, job(state), noon).reasons).toEqual([
      expect.objectContaining({
        code: 'agents-unheard',
        text: 'could have run on mac, pc; who of them was alive then is not in the history',
      }),
    ]);
  });

  it('tells what is in the history as it is told now', () => {
    const { state } = world()
      .agent('mac')
      .job('b0', { status: 'running', agent: 'mac' })
      .job('b1', { needs: ['b0'] });

    expect(explainPast(state, job(state), noon)).toEqual(explain(state, job(state), noon));
  });
});
