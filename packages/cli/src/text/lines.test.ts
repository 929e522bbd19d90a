import { expect, it } from 'vitest';
import { wrapped } from './lines.ts';

it.each([
  ['', 5, ['']],
  ['one two', 7, ['one two']],
  ['one two three', 7, ['one two', 'three']],
  ['unbreakable it is', 5, ['unbreakable', 'it is']],
])('breaks %j at %i characters between words', (text, width, lines) => {
  expect(wrapped(text, width)).toEqual(lines);
});
