import { expect, it } from 'vitest';
import { cacheShare } from './cache-share.ts';

it.each([
  [
    { hits: 98, misses: 22 },
    { percent: 82, of: 120 },
  ],
  [
    { hits: 0, misses: 0 },
    { percent: null, of: 0 },
  ],
])('of %j is %j', (use, share) => {
  expect(cacheShare(use)).toEqual(share);
});
