import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowsThatFit, utf8Bytes } from './rows-that-fit.ts';

const rows = (count: number, size: number) =>
  Array.from({ length: count }, (_, at) => ({ at, text: 'x'.repeat(size) }));
const kept = ({ rows }: { rows: Record<string, readonly object[]> }) =>
  Object.fromEntries(Object.entries(rows).map(([name, list]) => [name, list.length]));

describe('rows-that-fit', () => {
  it('keeps everything that has room, and counts what the caller left out', () => {
    const few = { rows: rows(3, 10), total: 5, shareBytes: 1000 };

    expect(rowsThatFit({ few }, 10_000)).toEqual({ rows: { few: few.rows }, truncated: { few: 2 } });
  });

  it('leaves to the later lists what the earlier ones do not need', () => {
    const small = { rows: rows(1, 10), total: 1, shareBytes: 5000 };
    const big = { rows: rows(100, 100), total: 100, shareBytes: 1000 };

    expect(kept(rowsThatFit({ small, big }, 6000)).big).toBeGreaterThan(30);
  });

  it('never lets one list take the share of another', () => {
    const big = { rows: rows(100, 100), total: 100, shareBytes: 1000 };

    const { big: first = 0, other = 0 } = kept(rowsThatFit({ big, other: big }, 3000));

    expect(other).toBeGreaterThanOrEqual(6);
    expect(first).toBeLessThan(15);
  });

  it('stays within its budget once it is written', () => {
    const row = fc.record({ a: fc.string({ unit: 'binary', maxLength: 50 }), b: fc.array(fc.nat(), { maxLength: 5 }) });
    const list = fc.array(row, { maxLength: 40 }).map((it) => ({ rows: it, total: it.length, shareBytes: 500 }));
    fc.assert(
      fc.property(list, list, fc.integer({ min: 1000, max: 8000 }), (one, two, budget) => {
        const text = JSON.stringify(rowsThatFit({ one, two }, budget).rows, null, 2);
        expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(budget + 100);
      }),
    );
  });

  it('counts bytes as an encoder does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(utf8Bytes(text)).toBe(new TextEncoder().encode(text).length);
      }),
    );
  });
});
