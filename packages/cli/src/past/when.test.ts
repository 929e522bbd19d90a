import { describe, expect, it } from 'vitest';
import { readWhen } from './when.ts';

const now = '2026-03-02T12:00:00.000Z';

describe('when', () => {
  it.each([
    ['HEAD', { back: 0 }],
    ['HEAD~12', { back: 12 }],
    ['~3', { back: 3 }],
    ['2h', { time: '2026-03-02T10:00:00.000Z' }],
    ['7d', { time: '2026-02-23T12:00:00.000Z' }],
    ['0a1b2c', { commit: '0a1b2c' }],
    ['2026', { commit: '2026' }],
    ['2026-03-01', { time: '2026-03-01T00:00:00.000Z' }],
    ['2026-03-01 14:03', { time: '2026-03-01T14:03:00.000Z' }],
    ['2026-03-01T14:03:30+02:00', { time: '2026-03-01T12:03:30.000Z' }],
  ])('reads %s', (word, when) => {
    expect(readWhen(word, now)).toEqual(when);
  });

  it.each(['', 'yesterday', '2026-13-01', '2026-03-02T12:00:01Z', '--at', 'HEAD~x', '2026-03-01T99:00'])(
    'refuses %j',
    (word) => {
      expect(() => readWhen(word, now)).toThrow(expect.objectContaining({ code: 'USAGE' }));
    },
  );
});
