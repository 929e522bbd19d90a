import { expect, it } from 'vitest';

import { StoreError, type StoreErrorCode } from './errors.ts';
import { withTries } from './tries.ts';
import { virtualClock } from './virtual-clock.fixture.ts';

const { signal } = new AbortController();

it.each<[StoreErrorCode, number | undefined, number]>([
  ['REMOTE_UNREACHABLE', undefined, 3],
  ['RATE_LIMITED', 2_000, 3],
  ['RATE_LIMITED', undefined, 1],
  ['RATE_LIMITED', 60_000, 1],
  ['DENIED', undefined, 1],
  ['TIMEOUT', undefined, 1],
])('%s, to be tried again after %o ms, is tried %i times in ten seconds', async (code, retryAfterMs, expected) => {
  const clock = virtualClock();
  let tries = 0;
  const work = async () => {
    tries += 1;
    throw new StoreError(code, 'no', { hint: 'none', retryAfterMs });
  };

  await expect(clock.run(withTries(work, { ports: clock, deadlineMs: 10_000, signal }))).rejects.toMatchObject({
    code,
  });

  expect(tries).toBe(expected);
});
