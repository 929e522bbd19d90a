import { describe, expect, it } from 'vitest';
import { type Allowance, halved, scaleNow, waitMs } from './allowance.ts';

const MINUTE_MS = 60_000;
const urgent = true;
const github: Allowance = { perMinute: 6, share: 1 };

/** Pushes as soon as it may, for so long. */
function pushesOf(allowance: Allowance, { forMs, urgent }: { forMs: number; urgent: boolean }): number[] {
  const pushes: number[] = [];
  for (let nowMs = 0; nowMs < forMs; ) {
    const ms = waitMs(pushes, allowance, { nowMs, urgent });
    if (ms <= 0) pushes.push(nowMs);
    nowMs += ms;
  }
  return pushes;
}

const mostInAMinute = (pushes: readonly number[]): number =>
  Math.max(...pushes.map((from) => pushes.filter((it) => it >= from && it < from + MINUTE_MS).length));

describe('the allowance', () => {
  it.each([
    [0.5, 1],
    [1, 1],
    [6, 6],
    [30, 30],
  ])('of %s a minute never lets more than %s go in any minute', (perMinute, most) => {
    const pushes = pushesOf({ perMinute, share: 1 }, { forMs: 60 * MINUTE_MS, urgent });

    expect(mostInAMinute(pushes)).toBe(most);
    expect(pushes.length).toBeGreaterThan(60 * perMinute * 0.9);
  });

  it.each([4, 20, 50])(
    'gives each of %s agents its share over time, and a job’s worth of pushes after a rest',
    (agents) => {
      const pushes = pushesOf({ perMinute: 6, share: 1 / agents }, { forMs: 1_000 * MINUTE_MS, urgent });

      expect(pushes.length).toBeLessThanOrEqual(4 + (1_000 * 6) / agents);
      expect(pushes.filter((it) => it === 0)).toHaveLength(4);
    },
  );

  it('keeps the last push of a minute for what is urgent', () => {
    const pushes = pushesOf(github, { forMs: 1, urgent: false });
    expect(pushes).toHaveLength(5);

    expect(waitMs(pushes, github, { nowMs: 1_000, urgent: false })).toBeGreaterThan(1_000);
    expect(waitMs(pushes, github, { nowMs: 1_000, urgent })).toBe(0);
  });

  it('gets back afterwards what went without asking, within limits', () => {
    const share = { perMinute: 6, share: 1 / 3 };
    const [asked, more, far] = [4, 6, 20].map((count) =>
      waitMs(
        Array.from({ length: count }, () => 0),
        share,
        { nowMs: 61_000, urgent },
      ),
    );

    expect(asked).toBe(0);
    expect(more).toBeCloseTo(29_000, -1);
    expect(far).toBe(more);
  });

  it.each([1, 2, 3])('of %i keeps nothing back, which would be a great part of it', (perMinute) => {
    const pushes = pushesOf({ perMinute, share: 1 }, { forMs: MINUTE_MS, urgent: false });

    expect(pushes).toHaveLength(perMinute);
  });

  it('is halved by each complaint, down to an eighth, and whole again ten minutes later', () => {
    expect([halved(1), halved(0.5), halved(0.125)]).toEqual([0.5, 0.25, 0.125]);
    expect(scaleNow({ scale: 0.5, atMs: 0 }, 0)).toBe(0.5);
    expect(scaleNow({ scale: 0.5, atMs: 0 }, 2.5 * MINUTE_MS)).toBe(0.75);
    expect(scaleNow({ scale: 0.125, atMs: 0 }, 10 * MINUTE_MS)).toBe(1);
  });
});
