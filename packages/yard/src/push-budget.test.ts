import { expect, it } from 'vitest';
import { pushesPerMinute } from './push-budget.ts';

it.each([
  ['https://github.com/acme/yard', null, 6],
  ['git@github.com:acme/yard.git', null, 6],
  ['ssh://git@github.com/acme/yard', null, 6],
  ['https://github.com/acme/yard', 0, null],
  ['https://github.com/acme/yard', 30, 30],
  ['https://git.example/github.com/yard', null, null],
  ['/srv/github.com/yard.git', null, null],
  ['http://127.0.0.1:7420/yard.git', 12, 12],
])('at %s with %s in yard.json has %s pushes a minute', (address, perMinute, expected) => {
  expect(pushesPerMinute({ push: { perMinute } }, address)).toBe(expected);
});
