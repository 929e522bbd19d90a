import { describe, expect, it } from 'vitest';
import { drawnRows, rangeOf } from './virtual-list.ts';

const seen = { height: 600, rowHeight: 60, count: 1000 };

describe('virtual-list', () => {
  it('draws what is seen and a few rows more, and never one that does not exist', () => {
    expect(rangeOf({ ...seen, top: 100 })).toEqual({ first: 0, end: 17 });
    expect(rangeOf({ ...seen, top: -6000 })).toEqual({ first: 92, end: 118 });
    expect(rangeOf({ ...seen, top: -60_000 })).toEqual({ first: 992, end: 1000 });
    expect(rangeOf({ ...seen, top: -90_000 })).toEqual({ first: 1000, end: 1000 });
    expect(rangeOf({ ...seen, top: 5_000 })).toEqual({ first: 0, end: 0 });
    expect(rangeOf({ ...seen, top: 0, count: 3 })).toEqual({ first: 0, end: 3 });
  });

  it('keeps the row with the focus at its place in the order', () => {
    expect(drawnRows({ first: 10, end: 13 }, -1)).toEqual([10, 11, 12]);
    expect(drawnRows({ first: 10, end: 13 }, 11)).toEqual([10, 11, 12]);
    expect(drawnRows({ first: 10, end: 13 }, 2)).toEqual([2, 10, 11, 12]);
    expect(drawnRows({ first: 10, end: 13 }, 40)).toEqual([10, 11, 12, 40]);
  });
});
