import { describe, expect, it } from 'vitest';
import { Bell } from './bell.ts';

const LONG_MS = 60_000;

describe('bell', () => {
  it('wakes everybody who waits', async () => {
    const bell = new Bell();
    const waits = [1, 2].map(() => bell.wait({ since: bell.count, ms: LONG_MS }));

    bell.ring();

    await expect(Promise.all(waits)).resolves.toBeDefined();
  });

  it('is not missed by who looked before it rang and waits after', async () => {
    const bell = new Bell();
    const since = bell.count;
    bell.ring();

    await expect(bell.wait({ since, ms: LONG_MS })).resolves.toBeUndefined();
  });

  it('lets others run although no time is left to wait', async () => {
    const bell = new Bell();
    let rung = false;
    setTimeout(() => {
      rung = true;
    });

    // Bounded: where nobody else gets a turn, a test's own time limit does not, either.
    for (let waits = 0; !rung && waits < 10_000; waits++) await bell.wait({ since: bell.count, ms: 0 });

    expect(rung).toBe(true);
  });

  it('lets go when the time is over, and when the signal is aborted', async () => {
    const bell = new Bell();
    const stop = new AbortController();

    await bell.wait({ since: 0, ms: 1 });
    const wait = bell.wait({ since: 0, ms: LONG_MS, signal: stop.signal });
    stop.abort();

    await expect(wait).resolves.toBeUndefined();
  });
});
