import { expect, it } from 'vitest';
import { sizeWords } from './size-words.ts';

it('says sizes in the unit that fits', () => {
  expect([0, 999, 1_000, 48_211_004, 912_300, 5_000_000_000_000].map(sizeWords)).toEqual([
    '0 bytes',
    '999 bytes',
    '1.0 KB',
    '48.2 MB',
    '912 KB',
    '5000 GB',
  ]);
});
