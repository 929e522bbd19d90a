import { describe, expect, it } from 'vitest';
import { timedLines } from './timed-lines.ts';

describe('timed-lines', () => {
  it('says when each line was printed, and how grave it is', () => {
    const times = [
      { line: 1, byte: 0, at: '2026-01-01T12:00:01.500Z' },
      { line: 3, byte: 9, at: '2026-01-01T12:00:09.000Z' },
    ];

    expect(
      timedLines(['a', 'x.c:1:1: warning: w', '\u001b[31merror: e\u001b[0m'], times, '2026-01-01T12:00:00Z'),
    ).toEqual([
      '[2026-01-01 12:00:01] INFO: a',
      '[2026-01-01 12:00:01] WARNING: x.c:1:1: warning: w',
      '[2026-01-01 12:00:09] ERROR: error: e',
    ]);
    expect(timedLines(['a'], [], '2026-01-01T12:00:00Z')).toEqual(['[2026-01-01 12:00:00] INFO: a']);
  });
});
