import { expect, it } from 'vitest';

import { ids } from './ledger.fixture.ts';
import { SeenHeads } from './seen-heads.ts';

it('keeps the newest, and counts what is seen again as new', () => {
  const seen = new SeenHeads(['first', 'second']);

  seen.add('first');
  for (const id of ids(199)) seen.add(id);

  expect(seen.has('first')).toBe(true);
  expect(seen.has('second')).toBe(false);
  expect(seen.list()).toEqual(['first', ...ids(199)]);
});
