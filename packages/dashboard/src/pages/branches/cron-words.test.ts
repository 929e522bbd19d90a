import { expect, it } from 'vitest';
import { cronWords } from './cron-words.ts';

it.each([
  ['0 2 * * *', 'every day at 02:00'],
  ['30 14 * * 1-5', 'on weekdays at 14:30'],
  ['5 22 * * sun', 'every Sunday at 22:05'],
  ['5 22 * * 7', 'every Sunday at 22:05'],
  ['15 6 * * 3', 'every Wednesday at 06:15'],
  ['17 * * * *', 'every hour'],
  ['@daily', 'every day at 00:00'],
])('says a usual time of a schedule as people do: %s', (cron, words) => {
  expect(cronWords(cron)).toBe(words);
});

it.each(['*/10 * * * *', '0 2 1 * *', '0 2,14 * * *', '0 * * * 1', '0 2 * * xyz', '@yearly', '', '0'])(
  'leaves any other as it stands: %s',
  (cron) => {
    expect(cronWords(cron)).toBe(`by the clock: ${cron}`);
  },
);
