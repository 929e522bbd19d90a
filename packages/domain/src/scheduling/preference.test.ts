import { describe, expect, it } from 'vitest';
import type { Agent } from '../entities/agent.ts';
import { world } from '../spec/world.ts';
import type { State } from '../state.ts';
import { preferenceRank } from './preference.ts';

const repository = 'https://example/app';
const load = (cpuPercent: number) => ({ ...machine, cpuPercent });
const machine = { memoryPercent: 5, diskPercent: 5, diskFreeGB: 5, load1: null, uptimeSeconds: 9, temperatureC: null };
const agents = (state: State): Agent[] => [...state.agents];
/** In the order in which they would let each other go first. */
function line(state: State, job = 'b1'): string[] {
  const it = state.jobs.get(job);
  if (!it) throw new Error('a world without the job');
  const ranks = agents(state).map((self) => ({ id: self.id, rank: preferenceRank(state, it, agents(state), self) }));
  return ranks.sort((a, b) => a.rank - b.rank).map(({ id, rank }) => `${rank} ${id}`);
}

describe('preference', () => {
  it('lets the idle go first, then who is less loaded, then who built the repository before', () => {
    const { state } = world()
      .agent('busy', { slots: 2 })
      .agent('hot')
      .agent('cold')
      .agent('warm')
      .job('r1', { status: 'running', agent: 'busy' })
      .job('done', { status: 'succeeded', repository, agent: 'warm' })
      .job('b1', { repository })
      .beat('hot', { machine: load(90) })
      .beat('cold', { machine: load(10) })
      .beat('warm', { machine: load(20) })
      .beat('busy', { machine: load(0) });

    expect(line(state)).toEqual(['0 warm', '1 cold', '2 hot', '3 busy']);
  });

  it('gives each of many alike a place of its own, another one for another job', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const fleet = ids.reduce((scene, id) => scene.agent(id).beat(id), world());
    const { state } = ['b1', 'b2', 'b3', 'b4'].reduce((scene, id) => scene.job(id), fleet);

    const lines = ['b1', 'b2', 'b3', 'b4'].map((id) => line(state, id));

    for (const it of lines) expect(it.map((word) => word.split(' ')[0])).toEqual(['0', '1', '2', '3', '4']);
    expect(new Set(lines.map((it) => it[0])).size).toBeGreaterThan(1);
  });
});
