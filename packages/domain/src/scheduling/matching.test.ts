import { describe, expect, it } from 'vitest';
import { aJob } from '../spec/samples.ts';
import { noon, world } from '../spec/world.ts';
import { matchOf } from './matching.ts';

const { state } = world()
  .agent('pc', { labels: ['gpu'] })
  .agent('mac', { labels: ['gpu', 'xcode'] });
const names = (fields: object, of = state) =>
  matchOf(of, aJob('b1', noon, fields), noon).agents.map((agent) => agent.id);

describe('matching', () => {
  it('finds the agents that could run a job, by name, whatever mode or health they have', () => {
    expect(names({ labels: ['gpu'] })).toEqual(['mac', 'pc']);
    expect(names({ labels: ['xcode'] })).toEqual(['mac']);
    expect(names({ labels: ['gpu'], assignedTo: 'pc' })).toEqual(['pc']);
  });

  it('names the nearest when none fits, or the one that the job is assigned to', () => {
    const nearest = (fields: object) => matchOf(state, aJob('b1', noon, fields), noon).nearest;

    expect(nearest({ labels: ['gpu', 'xcode', 'tpu'] })).toMatchObject({
      agent: { id: 'mac' },
      lacks: ['lacks label tpu'],
    });
    expect(nearest({ labels: ['xcode', 'tpu'], assignedTo: 'pc' })).toMatchObject({ agent: { id: 'pc' } });
  });

  it('answers anew when an agent has changed', () => {
    expect(names({ labels: ['xcode'] }, world(state).agent('pc', { labels: ['xcode'] }).state)).toEqual(['mac', 'pc']);
  });
});
