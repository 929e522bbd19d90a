import { describe, expect, it } from 'vitest';
import { timedLines } from './timed-lines.ts';

const startedAt = '2026-01-01T12:00:00Z';

describe('timed-lines', () => {
  it('says when each line was printed, and how grave it is', () => {
    const times = [
      { line: 1, byte: 0, at: '2026-01-01T12:00:01.500Z' },
      { line: 3, byte: 9, at: '2026-01-01T12:00:09.000Z' },
    ];

    expect(timedLines(['a', 'x.c:1:1: warning: w', '\u001b[31merror: e\u001b[0m'], { times, startedAt })).toEqual([
      '[2026-01-01 12:00:01] INFO: a',
      '[2026-01-01 12:00:01] WARNING: x.c:1:1: warning: w',
      '[2026-01-01 12:00:09] ERROR: error: e',
    ]);
    expect(timedLines(['a'], { times: [], startedAt })).toEqual(['[2026-01-01 12:00:00] INFO: a']);
  });

  it.each([
    ['\u001b[1;31merror: e', 'ERROR: \u001b[1;31merror: e\u001b[0m'],
    ['\u001b[38:2::1:2:3ma\u001b[mb', 'INFO: \u001b[38:2::1:2:3ma\u001b[mb\u001b[0m'],
    ['a', 'INFO: a'],
    // A title, the clipboard, the cursor, a question to the terminal, and sequences within others.
    ['\u001b]0;t\u0007a\u001b]52;c;eA==\u001b\\b\u001b[2J\u001b[6nc\u009b31md', 'INFO: abc31md'],
    ['\u001b]0;\u001b[31mt\u0007a', 'INFO: \u001b[31mta\u001b[0m'],
    ['\u001b[\u001b[32ma\u001b', 'INFO: \u001b[32ma\u001b[0m'],
    ['\u001b[31;\u001b[?25la\u202eb', 'INFO: 31;ab'],
  ])('keeps of %j the colours where they are asked for, and nothing else', (line, shown) => {
    expect(timedLines([line], { times: [], startedAt, colours: true })).toEqual([`[2026-01-01 12:00:00] ${shown}`]);
  });
});
