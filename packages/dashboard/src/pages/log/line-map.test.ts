import { describe, expect, it } from 'vitest';
import { LineMap } from './line-map.ts';

describe('line-map', () => {
  it('gives every line one row where nothing is folded or wrapped', () => {
    const map = new LineMap(300_000, [], []);

    expect(map.rows).toBe(300_000);
    expect([map.lineAt(0), map.lineAt(12_345), map.lineAt(299_999), map.lineAt(400_000)]).toEqual([
      0, 12_345, 299_999, 299_999,
    ]);
    expect(map.rowOf(12_345)).toBe(12_345);
  });

  it('leaves out what is folded, and gives long lines their rows', () => {
    const map = new LineMap(
      10,
      [{ line: 2, lines: 4 }],
      [
        [7, 3],
        [3, 5],
      ],
    );

    expect(map.rows).toBe(9);
    expect(map.linesIn(0, 99)).toEqual([0, 1, 2, 6, 7, 8, 9]);
    expect([2, 3, 4, 5, 6, 7].map((row) => map.lineAt(row))).toEqual([2, 6, 7, 7, 7, 8]);
    expect(map.linesIn(5, 6)).toEqual([7]);
    expect(map.rowOf(8)).toBe(7);
  });

  it('copes with a fold at the end, and with a log without lines', () => {
    const map = new LineMap(5, [{ line: 3, lines: 2 }], []);

    expect(map.rows).toBe(4);
    expect(map.lineAt(3)).toBe(3);
    expect(map.linesIn(0, 9)).toEqual([0, 1, 2, 3]);
    expect(new LineMap(0, [], [])).toMatchObject({ rows: 0, lines: 0 });
    expect(new LineMap(0, [], []).linesIn(0, 9)).toEqual([]);
  });
});
