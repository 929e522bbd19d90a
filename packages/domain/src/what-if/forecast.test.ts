import { describe, expect, it } from 'vitest';
import { anAttempt } from '../spec/samples.ts';
import { minutesAfterNoon, noon, type World, world } from '../spec/world.ts';
import { forecast } from './forecast.ts';

const tookMinutes = (minutes: number) => ({
  status: 'succeeded' as const,
  endedAt: noon,
  attempts: [
    anAttempt({ agent: 'mac', token: 1, startedAt: minutesAfterNoon(-minutes), endedAt: noon, status: 'succeeded' }),
  ],
});
const startsOf = ({ state }: World) =>
  Object.fromEntries([...forecast(state, noon)].map(([id, it]) => [id, it.startsAt]));

describe('forecast', () => {
  it('foretells when each open job starts, by how long such jobs take', () => {
    const yard = world()
      .agent('mac')
      .job('old', tookMinutes(10))
      .job('slow', { ...tookMinutes(30), branch: 'slow' })
      .job('b1', { status: 'running', agent: 'mac' })
      .job('b2', { branch: 'slow', priority: 1 })
      .job('b3')
      .job('b4', { labels: ['gpu'] });

    expect(startsOf(yard)).toEqual({
      b1: noon,
      b2: minutesAfterNoon(10),
      b3: minutesAfterNoon(40),
      b4: null,
    });
  });

  it('counts on nobody who is silent, waits out what is put off, and knows nothing without a single length', () => {
    const silent = world()
      .agent('mac')
      .beat('mac', { at: minutesAfterNoon(-600), nextBeatBy: minutesAfterNoon(-599) });
    const later = world().agent('mac').job('old', tookMinutes(10));

    expect(startsOf(silent.job('old', tookMinutes(10)).job('b1'))).toEqual({ b1: null });
    expect(startsOf(later.job('b1', { notBefore: minutesAfterNoon(5) }))).toEqual({ b1: minutesAfterNoon(5) });
    expect(startsOf(world().agent('mac').job('b1'))).toEqual({});
  });
});
