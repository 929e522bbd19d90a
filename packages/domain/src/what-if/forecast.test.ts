import { describe, expect, it } from 'vitest';
import type { Job } from '../entities/job.ts';
import { aNamespace, anAttempt } from '../spec/samples.ts';
import { minutesAfterNoon, noon, type World, world } from '../spec/world.ts';
import { forecast } from './forecast.ts';

const tookMinutes = (minutes: number) => ({
  status: 'succeeded' as const,
  endedAt: noon,
  attempts: [
    anAttempt({ agent: 'mac', token: 1, startedAt: minutesAfterNoon(-minutes), endedAt: noon, status: 'succeeded' }),
  ],
});
/** As many as it takes to know something of their like. */
const built = (yard: World, minutes: number, fields: Partial<Job> = {}): World =>
  ['x', 'y', 'z'].reduce((all, it) => all.job(`${it}${minutes}`, { ...tookMinutes(minutes), ...fields }), yard);
const startsOf = ({ state }: World) =>
  Object.fromEntries([...forecast(state, noon)].map(([id, it]) => [id, it.startsAt]));

describe('forecast', () => {
  it('foretells when each open job starts, by how long such jobs take', () => {
    const fleet = built(built(world().agent('mac'), 10), 30, { branch: 'slow' });
    const yard = fleet
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

  it('counts on nobody who is silent', () => {
    const silent = world()
      .agent('mac')
      .beat('mac', { at: minutesAfterNoon(-600), nextBeatBy: minutesAfterNoon(-599) });

    expect(startsOf(built(silent, 10).job('b1'))).toEqual({ b1: null });
  });

  it('waits out what is put off or paused for a time', () => {
    const yard = built(world().agent('mac'), 10);
    const until = minutesAfterNoon(5);
    const pause = { by: 'ann', at: noon, reason: null, until };

    expect(startsOf(yard.job('b1', { notBefore: until }))).toEqual({ b1: until });
    expect(startsOf(yard.job('b1', { paused: pause }))).toEqual({ b1: until });
    expect(startsOf(yard.yard({ paused: { fleet: pause, pools: {} } }).job('b1'))).toEqual({ b1: until });
    expect(startsOf(yard.agent('mac', { mode: 'maintenance', modeUntil: until }).job('b1'))).toEqual({ b1: until });
  });

  it('waits for the next day when a namespace has used its minutes, and for ever when it has none', () => {
    const spaced = (minutesPerDay: number) =>
      built(world().agent('mac'), 10)
        .yard({ namespaces: { team: aNamespace({ labels: ['mac'], quotas: { minutesPerDay } }) } })
        .job('b1', { labels: ['mac'], submittedAt: minutesAfterNoon(-2) })
        .job('b2', { labels: ['mac'], submittedAt: minutesAfterNoon(-1) });

    expect(startsOf(spaced(5))).toEqual({ b1: noon, b2: '2026-03-03T00:00:00.000Z' });
    expect(startsOf(spaced(0))).toEqual({ b1: null, b2: null });
  });

  it('knows nothing without lengths', () => {
    expect(startsOf(world().agent('mac').job('b1'))).toEqual({});
  });
});
