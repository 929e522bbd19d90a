import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minutesAfterNoon, noon, type World, world } from '../spec/world.ts';
import { poolViews } from './pool-view.ts';

const longAgo = { at: minutesAfterNoon(-60), nextBeatBy: minutesAfterNoon(-59) };

describe('pool-view', () => {
  it('counts the agents of each pool by what they do', () => {
    const { state } = world()
      .agent('idle')
      .beat('idle')
      .agent('busy')
      .job('b1', { status: 'running', agent: 'busy' })
      .beat('busy')
      .agent('silent')
      .beat('silent', longAgo)
      .agent('unheard')
      .agent('mended', { mode: 'maintenance' })
      .agent('other', { pool: 'Windows' })
      .beat('other');

    expect(poolViews(state, noon)).toEqual([
      {
        ...{ pool: 'Linux', totalAgents: 5, healthyAgents: 2, busyAgents: 1, idleAgents: 1 },
        ...{ offlineAgents: 1, maintenanceAgents: 1, unknownAgents: 1 },
      },
      expect.objectContaining({ pool: 'Windows', totalAgents: 1, healthyAgents: 1, idleAgents: 1 }),
    ]);
  });

  it('counts each agent once, whatever the fleet looks like', () => {
    const anAgent = fc.record({
      pool: fc.constantFrom('Linux', 'Docker'),
      mode: fc.constantFrom('active' as const, 'draining' as const, 'maintenance' as const),
      beats: fc.constantFrom('never', 'now', 'long ago', 'last word'),
      builds: fc.boolean(),
    });
    type Drawn = typeof anAgent extends fc.Arbitrary<infer T> ? T : never;
    const put = (scene: World, { pool, mode, beats, builds }: Drawn, at: number): World => {
      const id = `a${at}`;
      const known = scene.agent(id, { pool, mode });
      const busy = builds ? known.job(`b${at}`, { status: 'running', agent: id }) : known;
      if (beats === 'never') return busy;
      return busy.beat(id, beats === 'now' ? {} : beats === 'long ago' ? longAgo : { stopped: true });
    };
    fc.assert(
      fc.property(fc.array(anAgent, { maxLength: 8 }), (agents) => {
        const { state } = agents.reduce(put, world());
        const pools = poolViews(state, noon);

        expect(pools.reduce((sum, it) => sum + it.totalAgents, 0)).toBe(agents.length);
        for (const it of pools) {
          const parts = [it.busyAgents, it.idleAgents, it.offlineAgents, it.maintenanceAgents, it.unknownAgents];
          expect(parts.reduce((sum, count) => sum + count, 0)).toBe(it.totalAgents);
          expect(it.healthyAgents).toBeLessThanOrEqual(it.totalAgents);
        }
      }),
    );
  });
});
