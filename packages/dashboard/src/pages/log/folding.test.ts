import { describe, expect, it } from 'vitest';
import { foldedAtFirst, revealing, toggledFold } from './folding.ts';

const groups = [
  { title: 'fine', line: 0, lines: 10 },
  { title: 'bad', line: 10, lines: 10 },
  { title: 'short', line: 20, lines: 1 },
  { title: 'last', line: 30, lines: 10 },
];
const log = { groups, errors: [12], lines: 40 };

describe('folding', () => {
  it('folds what ended without an error', () => {
    expect([...foldedAtFirst({ ...log, isOver: true })]).toEqual([0, 30]);
    expect([...foldedAtFirst({ ...log, isOver: false })]).toEqual([0]);
  });

  it('opens the group that hides a line, and no other', () => {
    const folds = new Set([0, 30]);

    expect([...revealing(folds, groups, 35)]).toEqual([0]);
    expect(revealing(folds, groups, 30)).toBe(folds);
    expect(revealing(folds, groups, 15)).toBe(folds);
    expect([...toggledFold(folds, 10)]).toEqual([0, 30, 10]);
  });
});
