import { describe, expect, it } from 'vitest';
import { lineOf } from './line-of.ts';

const text = `{
  "seconds": "lease",
  "poll": { "seconds": 1 },
  "lease": {
    "seconds": 2
  },
  "labels": [
    "a", "lease",
    { "of/it": [1, [
      2] ] }
  ]
}
`;

describe('line-of', () => {
  it.each([
    ['/seconds', 2],
    ['/poll/seconds', 3],
    ['/lease', 4],
    ['/lease/seconds', 5],
    ['/labels/1', 8],
    ['/labels/2', 9],
    ['/labels/2/of~1it/1/0', 10],
    ['/labels/9', null],
    ['', null],
  ])('finds %s', (pointer, line) => {
    expect(lineOf(text, pointer)).toBe(line);
  });
});
