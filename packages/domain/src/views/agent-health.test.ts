import { describe, expect, it } from 'vitest';
import { minutesAfterNoon, noon, world } from '../spec/world.ts';
import { after } from '../time.ts';
import { agentHealth, effectiveLeaseMs, promisedIntervalMs } from './agent-health.ts';

const config = world().state.yard;
const beatPromising = (seconds: number) =>
  world()
    .agent('mac')
    .beat('mac', { nextBeatBy: after(noon, seconds * 1000) })
    .state.heartbeats.get('mac');

describe('agent-health', () => {
  it.each([
    // A promise of a minute: late after 90 s, silent after 300 s, and 2 s for the clocks.
    [60, 0, 'fresh'],
    [60, 92, 'fresh'],
    [60, 93, 'late'],
    [60, 302, 'late'],
    [60, 303, 'silent'],
    // A promise of an hour is judged by hours.
    [3600, 5400, 'fresh'],
    [3600, 5500, 'late'],
    [3600, 10_900, 'silent'],
    // The other clock is ahead.
    [60, -600, 'fresh'],
  ])('with a promise of %i s, after %i s: %s', (promised, seconds, health) => {
    expect(agentHealth(beatPromising(promised), after(noon, seconds * 1000), config)).toBe(health);
  });

  it('does not call offline what it never heard of', () => {
    expect(agentHealth(undefined, noon, config)).toBe('unknown');
  });

  it('never lets a lease end within three promised intervals', () => {
    expect(effectiveLeaseMs(undefined, config)).toBe(600_000);
    expect(effectiveLeaseMs(beatPromising(60), config)).toBe(600_000);
    expect(effectiveLeaseMs(beatPromising(600), config)).toBe(1_800_000);
  });

  it('reads no promise out of a beat that contradicts itself', () => {
    const beat = world()
      .agent('mac')
      .beat('mac', { nextBeatBy: minutesAfterNoon(-5) })
      .state.heartbeats.get('mac');

    expect(beat && promisedIntervalMs(beat)).toBe(0);
  });
});
