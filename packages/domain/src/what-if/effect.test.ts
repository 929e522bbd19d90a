import { describe, expect, it } from 'vitest';
import { anAttempt } from '../spec/samples.ts';
import { minutesAfterNoon, noon, world } from '../spec/world.ts';
import { effectOf } from './effect.ts';

const ten = {
  status: 'succeeded' as const,
  endedAt: noon,
  attempts: [
    anAttempt({ agent: 'mac', token: 1, startedAt: minutesAfterNoon(-10), endedAt: noon, status: 'succeeded' }),
  ],
};
const yard = world()
  .agent('mac')
  .job('x1', ten)
  .job('x2', ten)
  .job('x3', ten)
  .job('b0', { status: 'running' })
  .job('b1')
  .job('b2')
  .job('b3');
const brief = (after: typeof yard) =>
  effectOf(yard.state, after.state, noon).map(({ id, change, before, after: then }) => [
    id,
    change,
    [before?.position, then?.position],
    [before?.startsAt, then?.startsAt],
  ]);

describe('effect', () => {
  it('tells who comes, who is pushed back by how much, and who goes', () => {
    const after = yard.job('b9', { priority: 1 }).job('b2', { status: 'cancelled' }).job('b3', { priority: 9 });

    expect(brief(after)).toEqual([
      ['b9', 'added', [undefined, 1], [undefined, minutesAfterNoon(10)]],
      ['b1', 'moved', [1, 2], [minutesAfterNoon(10), minutesAfterNoon(20)]],
      ['b3', 'changed', [3, 3], [minutesAfterNoon(30), minutesAfterNoon(30)]],
      ['b2', 'removed', [2, undefined], [minutesAfterNoon(20), undefined]],
    ]);
  });

  it('tells nothing when nothing changes', () => {
    expect(brief(yard)).toEqual([]);
    expect(brief(yard.agent('mac', { modeReason: 'new' }))).toEqual([]);
  });
});
