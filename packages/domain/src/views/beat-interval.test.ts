import { describe, expect, it } from 'vitest';
import { minutesAfterNoon, noon, world } from '../spec/world.ts';
import { agentsAlive, beatIntervalMs, beatsPerMinute } from './beat-interval.ts';

const config = (intervalSeconds: number) => world().yard({ heartbeat: { intervalSeconds } }).state.yard;

describe('the interval of beats', () => {
  it.each([
    [1, 60],
    [4, 60],
    [20, 300],
    [50, 750],
    [60, 900],
    [500, 900],
  ])('of %i agents with six pushes a minute is %i s', (agents, seconds) => {
    expect(beatIntervalMs(config(60), { agents, beatsPerMinute: beatsPerMinute(6) })).toBe(seconds * 1000);
  });

  it('is what the yard asks for where nothing limits pushes', () => {
    expect(beatIntervalMs(config(2), { agents: 500, beatsPerMinute: beatsPerMinute(null) })).toBe(2_000);
  });

  it('is never shorter than what the yard asks for, not even above the longest that we would choose', () => {
    expect(beatIntervalMs(config(3_600), { agents: 4, beatsPerMinute: 4 })).toBe(3_600_000);
  });

  it('leaves a third of the pushes to claims and results', () => {
    expect(beatsPerMinute(6)).toBe(4);
  });
});

describe('the agents that share the pushes', () => {
  const { state } = world()
    .agent('mac')
    .agent('rack')
    .agent('old')
    .beat('mac', { at: minutesAfterNoon(59) })
    .beat('rack', { at: minutesAfterNoon(59), stopped: true })
    .beat('old', { at: noon });

  it('are those that are heard of, but neither stopped nor silent', () => {
    expect(agentsAlive(state, 'mac', minutesAfterNoon(60))).toBe(1);
    expect(agentsAlive(state, 'rack', minutesAfterNoon(60))).toBe(2);
  });

  it('are at least the one who asks, before its first beat', () => {
    expect(agentsAlive(world().agent('new').state, 'new', noon)).toBe(1);
  });
});
