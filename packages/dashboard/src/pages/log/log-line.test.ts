import { describe, expect, it } from 'vitest';
import { asMarkdown, linesWords, parseLines, piecesOf } from './log-line.ts';

describe('log-line', () => {
  it('marks what is found across colours, and leaves all text as it is', () => {
    const pieces = piecesOf(
      [
        ['', 'an er'],
        ['c1', 'ror and an error'],
      ],
      /error/gi,
    );

    expect(pieces.map(({ text, isFound }) => [text, isFound])).toEqual([
      ['an ', false],
      ['er', true],
      ['ror', true],
      [' and an ', false],
      ['error', true],
    ]);
    expect(piecesOf([['bold', 'x']], null)).toEqual([{ style: 'bold', text: 'x', isFound: false }]);
  });

  it('writes lines as Markdown that no backticks can leave', () => {
    expect(asMarkdown(['a', '````', 'b'], { title: 'log [1]', href: 'https://x/#/a' })).toBe(
      '[log \\[1\\]](https://x/#/a)\n\n`````text\na\n````\nb\n`````\n',
    );
  });

  it('reads lines of an address in either order, and nothing else', () => {
    expect(['7', '120-140', '140-120', '0', 'x', '1-2-3', undefined].map(parseLines)).toEqual([
      [7, 7],
      [120, 140],
      [120, 140],
      null,
      null,
      null,
      null,
    ]);
    expect([linesWords([3, 3]), linesWords([3, 9])]).toEqual(['3', '3-9']);
  });
});
