import { REFUSALS, type RefusalCode } from '@gityard/domain';
import { describe, expect, it } from 'vitest';
import { type ErrorCode, exitCodeOf, isKnownCode } from './exit-codes.ts';
import { failureOf } from './failure-of.ts';
import { hintFor } from './hints.ts';

/** INTERFACE §3, as it stands there, and what the system's own limits end with. */
const PROMISED: Readonly<Record<number, readonly (ErrorCode | RefusalCode)[]>> = {
  2: ['USAGE'],
  3: ['NOT_FOUND', 'AMBIGUOUS_ID'],
  4: ['CONFLICT', 'STALE_TOKEN', 'LOCK_HELD', 'DUPLICATE_AGENT'],
  5: ['REMOTE_UNREACHABLE', 'REMOTE_INVALID', 'RATE_LIMITED', 'BRANCH_MISSING', 'HISTORY_REWRITTEN'],
  6: ['DENIED', 'POLICY', 'SIGNATURE', 'SECRET_FOUND'],
  7: ['INVALID_DATA', 'TOO_LARGE', 'NEWER_SCHEMA'],
  8: ['DISK_FULL', 'READ_ONLY', 'LIMIT_REACHED'],
  124: ['TIMEOUT'],
};

describe('exit-codes', () => {
  it.each(Object.entries(PROMISED))('exits %s for the codes that the interface promises it for', (exitCode, codes) => {
    expect(codes.map(exitCodeOf)).toEqual(codes.map(() => Number(exitCode)));
  });

  it('exits 1 for every refusal of a rule that has no code of its own', () => {
    const promised = Object.values(PROMISED).flat() as string[];
    const others = (Object.keys(REFUSALS) as RefusalCode[]).filter((code) => !promised.includes(code));

    expect(others.map(exitCodeOf)).toEqual(others.map(() => 1));
  });

  it('never lets a failure look like success', () => {
    const codes = [...Object.values(PROMISED).flat(), ...(Object.keys(REFUSALS) as RefusalCode[]), 'INTERNAL' as const];

    expect(codes.filter((code) => exitCodeOf(code) === 0)).toEqual([]);
  });

  it('has a hint for every code, so that nobody is refused without a next step', () => {
    const codes = [...Object.values(PROMISED).flat(), ...(Object.keys(REFUSALS) as RefusalCode[]), 'INTERNAL' as const];

    expect(codes.filter((code) => hintFor(code).length < 10)).toEqual([]);
    expect(failureOf(Object.assign(new Error('taken'), { code: 'DUPLICATE_AGENT', hint: '' })).hint).toContain(
      '--agent',
    );
  });

  it('knows no code but those', () => {
    expect(isKnownCode('toString')).toBe(false);
    expect(isKnownCode('ENOENT')).toBe(false);
  });
});

describe('errors', () => {
  it('keeps the code, the hint and what may have landed of an error from below', () => {
    const error = Object.assign(new Error('cut off'), {
      code: 'REMOTE_UNREACHABLE',
      hint: 'look',
      mayHaveLanded: true,
    });

    expect(failureOf(error)).toEqual({
      code: 'REMOTE_UNREACHABLE',
      message: 'cut off',
      hint: 'look',
      details: { mayHaveLanded: true },
    });
  });

  it('calls what nobody foresaw a fault of the program', () => {
    expect(failureOf(new TypeError('x is not a function')).code).toBe('INTERNAL');
    expect(failureOf('thrown text').message).toBe('thrown text');
  });
});
