import { describe, expect, it } from 'vitest';
import { RemoteClock } from './remote-clock.ts';

const noonMs = Date.parse('2026-03-02T12:00:00Z');
const minutes = (count: number) => count * 60_000;

/** One answer of a server at noon, for a machine that is `aheadMs` ahead of it and waits `tookMs`. */
function heard({ aheadMs, tookMs = 100, date = new Date(noonMs).toUTCString() }: Heard): number {
  let ownMs = noonMs + 500 + aheadMs;
  const clock = new RemoteClock(() => ownMs);
  const answered = clock.ask();
  ownMs += tookMs;
  answered(date);
  return clock.aheadMs;
}
interface Heard {
  readonly aheadMs: number;
  readonly tookMs?: number;
  readonly date?: string;
}

describe('remote-clock', () => {
  it.each([9, -9, 60 * 48])('finds how far a machine is off by %i minutes, to a second', (off) => {
    expect(Math.abs(heard({ aheadMs: minutes(off) }) + minutes(off))).toBeLessThan(1_000);
  });

  it('leaves alone a clock that is right as far as can be told', () => {
    expect([0, 900, -900, 1_200].map((aheadMs) => heard({ aheadMs }))).toEqual([0, 0, 0, 0]);
  });

  it('knows more with every answer, and begins anew when a clock was set', () => {
    let [serverMs, aheadMs] = [noonMs, minutes(9)];
    const clock = new RemoteClock(() => serverMs + aheadMs);
    const hear = (): number => {
      clock.ask()(new Date(Math.floor(serverMs / 1_000) * 1_000).toUTCString());
      serverMs += 1_100;
      return clock.aheadMs;
    };

    const found = Array.from({ length: 10 }, hear);
    aheadMs = minutes(-3);

    expect(Math.abs((found.at(-1) ?? 0) + minutes(9))).toBeLessThanOrEqual(100);
    expect(Math.abs(hear() - minutes(3))).toBeLessThan(1_000);
  });

  it.each([
    ['says no time', { date: 'soon' }],
    ['took long', { tookMs: 30_000 }],
    ['came before it was asked for, by a clock that was set', { tookMs: -5_000 }],
  ])('learns nothing from an answer that %s', (_, answer) => {
    expect(heard({ aheadMs: minutes(9), ...answer })).toBe(0);
  });
});
