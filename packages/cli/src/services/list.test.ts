import { expect, it } from 'vitest';
import { serviceFacts } from './facts.fixture.ts';
import { serviceOf } from './list.ts';
import { SERVICES } from './plan.ts';

it.each(SERVICES)('whatever of %s is gone, what was installed for it can be taken away to the end', (name) => {
  const { before, after } = serviceOf(name).undo(serviceFacts());

  expect([...before, ...after].filter((it) => it.otherwise === undefined)).toEqual([]);
});
