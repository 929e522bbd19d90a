import { describe, expect, it } from 'vitest';
import { fitted } from './fit.ts';
import { good, line, textOf } from './lines.ts';

const drawn = (lines: Parameters<typeof fitted>[0], rows: number, columns: number) =>
  fitted(lines, { rows, columns }).map((it) => it.map(textOf).join(''));

describe('fit', () => {
  it('leaves alone what fits, with a row for the cursor', () => {
    expect(drawn([line('one'), line('two')], 3, 3)).toEqual(['one', 'two']);
  });

  it('keeps the head of what is too high, and tells how much is left out', () => {
    expect(drawn([line('a'), line('b'), line('c'), line('d')], 3, 20)).toEqual(['a', '… 3 more']);
  });

  it('cuts what is too wide across its spans, in characters', () => {
    expect(drawn([line('ab', good('👍👍👍'), 'cd')], 5, 5)).toEqual(['ab👍👍…']);
  });
});
