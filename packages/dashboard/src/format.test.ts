import { describe, expect, it } from 'vitest';
import { clockTime, clockWords, durationWords, untilWords } from './format.ts';

const noon = '2026-03-01T12:00:00.000Z';

describe('format', () => {
  it.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [108_000, '1 min 48 s'],
    [7_500_000, '2 h 5 min'],
    [90_000_000, '1 d 1 h'],
    [-5, '0 s'],
    [Number.NaN, 'unknown'],
  ])('says a duration of %d ms as %s', (ms, words) => {
    expect(durationWords(ms)).toBe(words);
  });

  it('says a moment as the clock on the wall, with its day when that is another one', () => {
    const early = new Date(2026, 2, 1, 9, 5).getTime();

    expect(clockTime(early, new Date(2026, 2, 1, 23).toISOString())).toBe('09:05');
    expect(clockTime(early, new Date(2026, 2, 2, 0, 1).toISOString())).toBe('09:05 on 2026-03-01');
    expect(clockTime(Number.NaN, noon)).toBe('an unknown time');
  });

  it('says when something ends, or for how long it should have', () => {
    expect(untilWords('2026-03-01T12:04:00Z', noon)).toBe('in 4 min');
    expect(untilWords('2026-03-01T11:58:00Z', noon)).toBe('overdue 2 min');
  });

  it('shows a clock for what is running', () => {
    expect([0, 761_000, 3_761_000].map(clockWords)).toEqual(['0:00', '12:41', '1:02:41']);
    expect(clockWords(Number.NaN)).toBe('–');
  });
});
