import { expect, it } from 'vitest';
import { didYouMean } from './did-you-mean.ts';

it.each([
  ['statsu', 'status'],
  ['jobb', 'job'],
  ['priorty', 'priority'],
  ['PRIORITY', 'priority'],
  ['xyzzy', undefined],
  ['', undefined],
])('finds for %j the word %j', (word, expected) => {
  expect(didYouMean(word, ['status', 'job', 'priority', 'lock'])).toBe(expected);
});
