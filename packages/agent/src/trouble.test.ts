import { describe, expect, it } from 'vitest';
import { exitFor, pauseAfterMs, textOf } from './trouble.ts';

const failure = (code: string, more: object = {}) => Object.assign(new Error('it failed'), { code, ...more });

describe('trouble', () => {
  it('waits longer with each failure, never more than a minute, and never runs hot', () => {
    for (let failures = 1; failures < 40; failures++) {
      const ms = pauseAfterMs(failure('REMOTE_UNREACHABLE'), failures);
      expect(ms).toBeGreaterThanOrEqual(250);
      expect(ms).toBeLessThanOrEqual(Math.min(60_000, 1_000 * 2 ** (failures - 1)));
    }
  });

  it.each(['BRANCH_MISSING', 'HISTORY_REWRITTEN'])(
    'looks soon whether a branch is back after %s, then less often, but once a minute',
    (code) => {
      const pauses = [1, 2, 3, 20].map((failures) => pauseAfterMs(failure(code), failures, 10_000) / 1_000);

      for (const [index, seconds] of [10, 20, 40, 60].entries()) {
        expect(pauses[index]).toBeGreaterThanOrEqual(seconds * 0.9);
        expect(pauses[index]).toBeLessThanOrEqual(Math.min(60, seconds * 1.1));
      }
    },
  );

  it.each(['DENIED', 'REMOTE_INVALID'])('leaves a remote alone for five minutes after %s', (code) => {
    expect(pauseAfterMs(failure(code), 1)).toBe(300_000);
  });

  it('waits as long as the remote says, but no longer than an hour', () => {
    expect(pauseAfterMs(failure('RATE_LIMITED', { retryAfterMs: 70_000 }), 1)).toBe(70_000);
    expect(pauseAfterMs(failure('RATE_LIMITED', { retryAfterMs: 1e9 }), 1)).toBe(3_600_000);
  });

  it('says what happened and what to do, and gives a bug no exit code', () => {
    expect(textOf(failure('DENIED', { hint: 'get a new token' }))).toBe('it failed; get a new token');
    expect(exitFor(failure('DENIED'))).toMatchObject({ code: 6 });
    expect(exitFor(new TypeError('undefined is not a function'))).toBeUndefined();
  });
});
