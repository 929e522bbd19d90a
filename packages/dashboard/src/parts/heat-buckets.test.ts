import { after } from '@gityard/domain';
import { describe, expect, it } from 'vitest';
import { heatBuckets, presenceWords, withNow } from './heat-buckets.ts';

const noon = '2026-03-01T12:00:00.000Z';
const at = (minutes: number) => after(noon, minutes * 60_000);
const hour = { from: noon, to: at(60), count: 4 };
const up = (from: number, to: number) => ({ presence: 'fresh' as const, from: at(from), to: at(to) });
const silent = (from: number, to: number) => ({ presence: 'silent' as const, from: at(from), to: at(to) });

describe('heat-buckets', () => {
  it('lets the worst of a piece of time win, however short it was', () => {
    expect(heatBuckets([up(0, 20), silent(20, 21), up(21, 60)], hour)).toEqual(['fresh', 'silent', 'fresh', 'fresh']);
  });

  it('knows nothing of what no stretch tells, and nothing of a time before or after', () => {
    expect(heatBuckets([silent(-90, -30), up(30, 90)], hour)).toEqual([undefined, undefined, 'fresh', 'fresh']);
  });

  it('ends a stretch where it ended, not a piece later', () => {
    expect(heatBuckets([silent(0, 15), up(15, 60)], hour)).toEqual(['silent', 'fresh', 'fresh', 'fresh']);
  });

  it('adds how the server stands now, since it was last heard of', () => {
    const now = at(60);

    expect(withNow([up(0, 40)], { presence: 'fresh', since: at(59), now })).toEqual([up(0, 60)]);
    expect(withNow([up(0, 60)], { presence: 'silent', since: at(50), now })).toEqual([up(0, 50), silent(50, 60)]);
    expect(withNow([], { presence: 'silent', since: at(50), now })).toEqual([silent(50, 60)]);
    expect(withNow([up(0, 40)], { presence: null, since: now, now })).toEqual([up(0, 40)]);
  });

  it('says the whole of it in words', () => {
    expect(presenceWords([])).toBe('nothing is known');
    expect(presenceWords([up(0, 60)])).toBe('up all the time that is known');
    expect(presenceWords([silent(0, 10), up(10, 20), silent(20, 24)])).toBe('silent 2 times, 14 min in all');
  });
});
