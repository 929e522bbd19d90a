import { describe, expect, it } from 'vitest';
import type { HistoryHour } from '../entities/history-hour.ts';
import { minutesAfterNoon, noon, world } from '../spec/world.ts';
import { explain } from './explain.ts';
import { explainPast } from './explain-past.ts';
import { presentThen } from './presence-then.ts';

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

  it('goes by what was noted of the agents, and is silent on the others', () => {
    const noted = (presence: 'fresh' | 'silent') => ({ presence, since: minutesAfterNoon(-30) });
    const then = (agents: HistoryHour['agents']) => {
      const { state } = world().agent('mac').agent('pc').job('b1');
      const value: HistoryHour = {
        schemaVersion: 1,
        hour: noon,
        agents,
        changes: [],
        figures: null,
        builds: {},
        disks: {},
      };
      const told = { ...state, history: state.history.with('2026-03-02/12', value) };
      return { reason: explainPast(told, job(told), noon).reasons[0], counts: presentThen(told) };
    };

    expect(then({ mac: noted('fresh') })).toMatchObject({
      reason: { code: 'just-queued', refs: ['mac'] },
      counts: { alive: 1, silent: 0, unknown: 1 },
    });
    expect(then({ mac: noted('silent') }).reason).toMatchObject({ code: 'agents-unheard', refs: ['pc'] });
    expect(then({ mac: noted('silent'), pc: noted('silent') }).reason?.code).toBe('all-matching-silent');
  });

  it('tells what is in the history as it is told now', () => {
    const { state } = world()
      .agent('mac')
      .job('b0', { status: 'running', agent: 'mac' })
      .job('b1', { needs: ['b0'] });

    expect(explainPast(state, job(state), noon)).toEqual(explain(state, job(state), noon));
  });
});
