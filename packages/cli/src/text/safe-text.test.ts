import { describe, expect, it } from 'vitest';
import { safeLine, safeLines } from './safe-text.ts';

const ESC = '\u001b';

describe('safe-text', () => {
  it.each([
    ['colour', `${ESC}[31mred${ESC}[0m`, 'red'],
    ['a title for the window', `${ESC}]0;owned\u0007text`, 'text'],
    ['a write to the clipboard', `a${ESC}]52;c;aGk=${ESC}\\b`, 'ab'],
    ['the one-byte forms of both', 'a\u009b31mb\u009d52;c;x\u009cc', 'abc'],
    ['a cleared screen', `${ESC}[2J${ESC}[Hx${ESC}c`, 'x'],
    ['writing from right to left', 'user\u202etxt.exe\u2066', 'usertxt.exe'],
    ['letters without width', 'pass\u200bword\ufeff', 'password'],
    ['bells and nulls', 'a\u0007\u0000b\u007f', 'ab'],
    ['line ends and tabs', 'a\nb\tc\r\nd', 'a b c d'],
  ])('takes out %s', (_, text, safe) => {
    expect(safeLine(text)).toBe(safe);
  });

  it('leaves other languages alone', () => {
    expect(safeLine('Überraschung 東京 🙂 العربية')).toBe('Überraschung 東京 🙂 العربية');
  });

  it('keeps lines, and of a line that was drawn again the last drawing', () => {
    expect(safeLines('10 %\r50 %\rdone\r\nnext\tone')).toEqual(['done', 'next    one']);
  });
});
