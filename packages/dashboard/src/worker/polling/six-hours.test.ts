/** What looking costs, and how old is what people see: each pattern of watching over six hours of a clock that is not real. */
import { describe, expect, it } from 'vitest';
import { CountingHost } from '../../testing/counting-host.ts';
import { sampleYard } from '../../testing/sample-yard.ts';
import { VirtualClock } from '../../testing/virtual-clock.ts';
import { NOTHING_KEPT } from '../keeping/keeping.ts';
import { Looking } from '../looking.ts';

const HOURS = 6;
const MINUTE_MS = 60_000;
const START = Date.parse('2026-03-01T12:00:00.000Z');

// What is written down in the research on this page: requests in each hour, and the ages of what is seen, in seconds.
const TABLE = [
  [
    'glances of three minutes every ten',
    { seen: (minute) => minute % 10 < 3 },
    { most: 50, mean: 11, p95: 22, max: 29 },
  ],
  [
    'one session of 20 minutes an hour',
    { seen: (minute) => minute % 60 < 20 },
    { most: 31, mean: 23, p95: 50, max: 59 },
  ],
  ['a wallboard', { seen: () => true }, { most: 54, mean: 35, p95: 66, max: 102 }],
  ['two wallboards behind one address', { seen: () => true, viewers: 2 }, { most: 54, mean: 75, p95: 140, max: 240 }],
  [
    'three wallboards behind one address',
    { seen: () => true, viewers: 3 },
    { most: 54, mean: 115, p95: 220, max: 400 },
  ],
  ['a wallboard with a token', { seen: () => true, limit: 5_000 }, { most: 360, mean: 5, p95: 9, max: 9 }],
] as const satisfies [string, Pattern, object][];

describe('looking at a host that counts, over six hours', () => {
  it.each(TABLE)('keeps what is seen young in %s, without a request too many', async (_, pattern, expected) => {
    const { perHour, ages, whileHidden } = await watch(pattern);

    expect(Math.max(...perHour)).toBeLessThanOrEqual(expected.most);
    expect(ages.mean).toBeLessThanOrEqual(expected.mean);
    expect(ages.p95).toBeLessThanOrEqual(expected.p95);
    expect(ages.max).toBeLessThanOrEqual(expected.max);
    expect(whileHidden).toBe(0);
  });
});

interface Pattern {
  readonly seen: (minute: number) => boolean;
  readonly viewers?: number;
  readonly limit?: number;
}

async function watch({ seen, viewers = 1, limit = 60 }: Pattern) {
  const clock = new VirtualClock(START);
  const host = new CountingHost({ now: clock.now, limit, model: sampleYard('2026-03-01T12:00:00.000Z') });
  const lookedAt: (number | null)[] = [];
  const all = Array.from(
    { length: viewers },
    (_, index) =>
      new Looking({
        source: host.source(),
        page: 'https://acme.github.io/yard/',
        tell: (told) => {
          if (told.kind === 'connection') lookedAt[index] = told.connection.lookedAt;
        },
        keeping: NOTHING_KEPT,
        locks: undefined,
        clock,
        random: () => 0.5,
        askHome: async () => ({ isThere: true, skewMs: 0 }),
        isOnline: () => true,
      }),
  );
  for (const it of all) void it.begin();
  await clock.pass(1);

  const ages: number[] = [];
  const whileHidden: number[] = [];
  for (let minute = 0; minute < HOURS * 60; minute++) {
    const visible = seen(minute);
    if (visible !== seen(minute - 1) || minute === 0) for (const it of all) it.see({ visible });
    for (let second = 0; second < 60; second++) {
      const before = host.asked.length;
      await clock.pass(1_000);
      if (!visible) whileHidden.push(...host.asked.slice(before));
      if (visible) for (const at of lookedAt) ages.push(Math.floor((clock.now() - (at ?? clock.now())) / 1000));
    }
  }
  ages.sort((a, b) => a - b);
  const perHour = Array.from(
    { length: HOURS },
    (_, hour) => host.asked.filter((at) => Math.floor((at - START) / (60 * MINUTE_MS)) === hour).length,
  );
  return {
    perHour,
    whileHidden: whileHidden.length,
    ages: {
      mean: Math.round(ages.reduce((sum, age) => sum + age, 0) / ages.length),
      p95: ages[Math.floor(ages.length * 0.95)] ?? 0,
      max: ages.at(-1) ?? 0,
    },
  };
}
