import { describe, expect, it } from 'vitest';
import { looksStanding } from './standing.ts';

const looked = { lookedAt: 1_000_000, nextLookAt: 1_060_000, state: 'live' } as const;

describe('standing', () => {
  it.each([
    [60_000, 'fresh'],
    [90_000, 'fresh'],
    [91_000, 'late'],
    [181_000, 'stale'],
    [601_000, 'dead'],
  ])('judges a look %i ms ago by the interval of a minute as %s', (ms, standing) => {
    expect(looksStanding(looked, looked.lookedAt + ms)).toBe(standing);
  });

  it('does not call a page late that nobody looks at, or that is told of changes', () => {
    expect(looksStanding({ ...looked, state: 'paused' }, 9_000_000)).toBe('fresh');
    expect(looksStanding({ ...looked, lookedAt: null }, 9_000_000)).toBe('fresh');
  });
});
