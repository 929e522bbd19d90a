import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../testing/virtual-clock.ts';
import type { Budget, Failure } from '../protocol.ts';
import { backOffMs } from './back-off.ts';
import { intervalMs } from './interval.ts';
import { Polling } from './polling.ts';
import { askHome } from './skew.ts';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const watching = { now: NOW, watchedMs: HOUR_MS, sharers: 1 };

describe('the interval', () => {
  it.each([
    ['spreads what is left over what is left of the hour', { left: 60 }, HOUR_MS, HOUR_MS / 54],
    ['spends a third of that at first', { left: 60 }, 0, (HOUR_MS / 54) * 0.33],
    ['spends more than its share for twenty minutes', { left: 60 }, 6 * MINUTE_MS, (HOUR_MS / 54) * 0.6],
    ['is never shorter than fifteen seconds', { left: 60, resetsAt: NOW + MINUTE_MS }, 0, 15_000],
    ['is never longer than ten minutes', { left: 7 }, HOUR_MS, 600_000],
    ['waits for the next hour when only clicks are left', { left: 6 }, 0, HOUR_MS],
    ['is ten seconds where thousands are allowed', { left: 4_000, limit: 5_000 }, 0, 10_000],
  ])('%s', (_, budget, watchedMs, expected) => {
    expect(
      intervalMs({ ...watching, watchedMs, budget: { limit: 60, resetsAt: NOW + HOUR_MS, ...budget } }),
    ).toBeCloseTo(expected);
  });

  it('is ten seconds where nothing is counted', () => {
    expect(intervalMs({ ...watching, budget: null })).toBe(10_000);
  });
});

describe('backing off', () => {
  const away: Failure = { kind: 'unavailable', reason: 'away' };
  const longest = (failure: Failure, failures: number) => backOffMs(failure, { failures, now: NOW, random: () => 1 });

  it('doubles from five seconds to five minutes, and may take any part of it', () => {
    expect([1, 2, 3, 6, 7, 99].map((failures) => longest(away, failures))).toEqual([
      5_000, 10_000, 20_000, 160_000, 300_000, 300_000,
    ]);
    expect(backOffMs(away, { failures: 5, now: NOW, random: () => 0 })).toBe(0);
  });

  it('obeys a host that says until when, and leaves one alone that does not say', () => {
    const limited: Failure = { kind: 'rate-limited', reason: 'no' };

    expect(backOffMs({ ...limited, until: NOW + HOUR_MS }, { failures: 1, now: NOW, random: () => 0 })).toBe(HOUR_MS);
    expect(backOffMs(limited, { failures: 1, now: NOW, random: () => 0 })).toBe(MINUTE_MS);
  });
});

describe('polling', () => {
  it('asks nothing while nobody watches, and at once when what is known is old', async () => {
    const { clock, polling, looks } = world();
    polling.start(NOW - MINUTE_MS);
    await clock.pass(0);
    expect(looks).toHaveLength(1);

    polling.stop();
    await clock.pass(HOUR_MS);
    expect(looks).toHaveLength(1);

    polling.start(clock.now() - 2_000);
    await clock.pass(7_000);
    expect(looks).toHaveLength(1);
    await clock.pass(1_000);
    expect(looks).toHaveLength(2);
  });

  it('does not wait for a time that a wrong clock left behind', async () => {
    const { clock, polling, looks } = world();
    polling.start(NOW + 24 * HOUR_MS);
    await clock.pass(0);

    expect(looks).toEqual([NOW]);
  });

  it('comes back sooner and sooner no more while a host fails, and as before once it answers', async () => {
    const { clock, polling, looks, fail } = world();
    fail({ kind: 'unavailable', reason: 'away' });
    polling.start(null);

    await clock.pass(HOUR_MS);
    const first = looks.slice(0, 8);
    expect(first.map((at, index) => at - (first[index - 1] ?? NOW))).toEqual([
      0, 2_500, 5_000, 10_000, 20_000, 40_000, 80_000, 150_000,
    ]);
    expect(looks.length).toBeLessThan(40);

    fail(null);
    await clock.pass(150_000);
    const before = looks.length;
    await clock.pass(MINUTE_MS);
    expect(looks.length - before).toBe(6);
  });

  it('waits once for many who ask at the same time', async () => {
    const { clock, polling, looks } = world();
    await Promise.all([polling.now(), polling.now(), polling.now()]);
    await clock.pass(0);

    expect(looks).toHaveLength(1);
  });
});

describe('the way home', () => {
  const home = (date: string | null) => async () => new Response(null, { headers: date === null ? {} : { date } });
  const now = () => NOW;

  it('tells how far the clock of the server is ahead, when it clearly is', async () => {
    expect(await askHome('https://x/', { fetch: home('Sun, 01 Mar 2026 12:10:00 GMT'), now })).toEqual({
      isThere: true,
      skewMs: 600_500,
    });
    expect(await askHome('https://x/', { fetch: home('Sun, 01 Mar 2026 12:00:01 GMT'), now })).toEqual({
      isThere: true,
      skewMs: 0,
    });
    expect(await askHome('https://x/', { fetch: home(null), now })).toEqual({ isThere: true, skewMs: 0 });
  });

  it('takes no copy of an answer for a server whose clock is behind', async () => {
    const copied = (date: string) => async () => new Response(null, { headers: { date, age: '540' } });
    const skewWith = async (date: string) => (await askHome('https://x/', { fetch: copied(date), now })).skewMs;

    expect(await skewWith('Sun, 01 Mar 2026 11:51:00 GMT')).toBe(0);
    expect(await skewWith('Sun, 01 Mar 2026 12:00:00 GMT')).toBe(0);
    expect(await skewWith('Sun, 01 Mar 2026 14:00:00 GMT')).toBe(7_200_500);
  });

  it('tells that nobody is there', async () => {
    const fetch = () => Promise.reject(new TypeError('Failed to fetch'));
    expect(await askHome('https://x/', { fetch, now })).toEqual({ isThere: false, skewMs: 0 });
  });
});

function world() {
  const clock = new VirtualClock(NOW);
  const looks: number[] = [];
  let failure: Failure | null = null;
  const polling = new Polling({
    clock,
    random: () => 0.5,
    look: async () => {
      looks.push(clock.now());
      return failure;
    },
    budget: (): Budget | null => null,
    skewMs: () => 0,
    onPlan: () => undefined,
  });
  const fail = (next: Failure | null): void => {
    failure = next;
  };
  return { clock, polling, looks, fail };
}
