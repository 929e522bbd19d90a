import { describe, expect, it } from 'vitest';
import { sparkPath } from './spark-path.ts';

describe('spark-path', () => {
  it('places values by time, so that a gap is as wide as it was', () => {
    const points = [
      { at: 0, value: 0 },
      { at: 10, value: 100 },
      { at: 40, value: 50 },
    ];

    expect(sparkPath(points, 100)).toBe('M0 31L30 1L120 16');
  });

  it('draws one value as a line across, and none as nothing', () => {
    expect(sparkPath([{ at: 5, value: 50 }], 100)).toBe('M0 16H120');
    expect(sparkPath([], 100)).toBe('');
  });

  it('never leaves its frame', () => {
    expect(sparkPath([{ at: 5, value: 900 }], 100)).toBe('M0 1H120');
    expect(sparkPath([{ at: 5, value: 3 }], 0)).not.toContain('NaN');
  });
});
