import { expect, it } from 'vitest';
import { diskWords, percentWords } from './words-of-server.ts';

it('never says zero for what is unknown, and no more digits than one reads', () => {
  expect([percentWords(null), percentWords(0), percentWords(93.6)]).toEqual(['–', '0 %', '94 %']);
  expect([6.44, 212.4, 1480].map(diskWords)).toEqual(['6.4 GB', '212 GB', '1.5 TB']);
});
