import { describe, expect, it } from 'vitest';
import { rowsSeen } from './row-window.ts';

describe('row-window', () => {
  it('draws what is seen and a few rows more', () => {
    expect(rowsSeen({ topPx: 100, heightPx: 900, rowPx: 60, count: 200 })).toEqual({ first: 0, end: 20 });
    expect(rowsSeen({ topPx: -6000, heightPx: 900, rowPx: 60, count: 200 })).toEqual({ first: 94, end: 121 });
  });

  it('stays within the rows there are', () => {
    expect(rowsSeen({ topPx: -60_000, heightPx: 900, rowPx: 60, count: 200 })).toEqual({ first: 200, end: 200 });
    expect(rowsSeen({ topPx: 0, heightPx: 900, rowPx: 60, count: 3 })).toEqual({ first: 0, end: 3 });
  });
});
