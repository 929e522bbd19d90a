import { describe, expect, it } from 'vitest';
import { labelEvery, runs, ticksUpTo } from './scale.ts';

describe('scale', () => {
  it('steps in round numbers up to the largest value', () => {
    expect(ticksUpTo(0, 'count')).toEqual([0, 1]);
    expect(ticksUpTo(3, 'count')).toEqual([0, 1, 2, 3]);
    expect(ticksUpTo(37, 'count')).toEqual([0, 10, 20, 30, 40]);
    expect(ticksUpTo(1001, 'count')).toEqual([0, 500, 1000, 1500]);
  });

  it('steps in seconds, minutes, hours and days where it is a time', () => {
    expect(ticksUpTo(50, 'seconds')).toEqual([0, 15, 30, 45, 60]);
    expect(ticksUpTo(700, 'seconds')).toEqual([0, 300, 600, 900]);
    expect(ticksUpTo(5 * 86_400, 'seconds')).toEqual([0, 172_800, 345_600, 518_400]);
    expect(ticksUpTo(1e9, 'seconds').length).toBeLessThanOrEqual(5);
  });

  it('leaves words out where they would touch', () => {
    expect(labelEvery(24, { width: 600, wordWidth: 60 })).toBe(3);
    expect(labelEvery(7, { width: 600, wordWidth: 60 })).toBe(1);
  });

  it('breaks a line where nothing is known', () => {
    expect(runs([1, 2, null, null, 0, null, 4])).toEqual([[0, 1], [4], [6]]);
  });
});
