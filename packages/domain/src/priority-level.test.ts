import { expect, it } from 'vitest';
import { priorityLevel } from './priority-level.ts';

it.each([
  [1, 1],
  ['10', 10],
  ['High', 3],
  ['critical', 1],
  [0, undefined],
  [11, undefined],
  [2.5, undefined],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
  [{ toString: null }, undefined],
])('reads %j as the priority %s', (said, level) => {
  expect(priorityLevel(said)).toBe(level);
});
