import { describe, expect, it } from 'vitest';
import { sampleYard } from '../testing/sample-yard.ts';
import type { Connection } from '../worker/protocol.ts';
import { NOTHING_YET } from '../yard/yard.ts';
import { knownUntil, looksStanding } from './standing.ts';

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

describe('what is known', () => {
  const NOON = '2026-03-01T12:00:00.000Z';
  const LATER = '2026-03-01T13:00:00.000Z';
  const lookedAt = Date.parse(NOON) + 20_000;
  const until = (change: Partial<Connection>, isRemembered = false) =>
    knownUntil(
      {
        model: sampleYard(NOON),
        isRemembered,
        connection: { ...NOTHING_YET.connection, state: 'live', lookedAt, ...change },
      },
      LATER,
    );

  it('is known until now while the source is heard', () => {
    expect(until({ nextLookAt: null })).toBe(LATER);
    expect(until({ lookedAt: Date.parse(LATER) - 20_000, nextLookAt: Date.parse(LATER) + 20_000 })).toBe(LATER);
  });

  it('is known until the last look where it is not, or for long', () => {
    const last = '2026-03-01T12:00:20.000Z';

    for (const state of ['limited', 'offline', 'connecting', 'paused', 'late'] as const)
      expect(until({ state }), state).toBe(last);
    expect(until({ nextLookAt: lookedAt + 30_000 })).toBe(last);
    expect(until({}, true)).toBe(last);
  });

  it('is known until the snapshot was made where nobody has looked', () => {
    const at = sampleYard(NOON).at;

    expect(until({ state: 'offline', lookedAt: null })).toBe(at);
  });
});
