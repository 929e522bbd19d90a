import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Table } from './table.ts';

const change = fc.tuple(fc.string({ maxLength: 2 }), fc.option(fc.nat(), { nil: null }));

describe('table', () => {
  it('is a map to whoever reads it', () => {
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const map = new Map<string, number>();
        let table: Table<number> = Table.empty;
        for (const [id, value] of changes) {
          table = value === null ? table.without(id) : table.with(id, value);
          if (value === null) map.delete(id);
          else map.set(id, value);
        }

        expect(new Map(table.entries())).toEqual(map);
        expect([...table].sort()).toEqual([...map.values()].sort());
        expect(table.size).toBe(map.size);
        for (const [id] of changes) expect([table.has(id), table.get(id)]).toEqual([map.has(id), map.get(id)]);
      }),
    );
  });

  it('takes many changes at once as it takes them one by one', () => {
    fc.assert(
      fc.property(fc.array(change), fc.array(change), (first, then) => {
        const start = Table.of(first.flatMap(([id, value]) => (value === null ? [] : [[id, value] as const])));
        const oneByOne = then.reduce(
          (table, [id, value]) => (value === null ? table.without(id) : table.with(id, value)),
          start,
        );
        const atOnce = start.withAll(then);

        expect(new Map(atOnce.entries())).toEqual(new Map(oneByOne.entries()));
        expect(atOnce.size).toBe(oneByOne.size);
      }),
    );
  });

  it('stays as it was when it is changed', () => {
    const before = Table.of([['a', 1]]);

    before.with('a', 2).with('b', 3).without('a');

    expect([...before.entries()]).toEqual([['a', 1]]);
  });

  it('is the same table when what is taken away was not there', () => {
    const table = Table.of([['a', 1]]);

    expect(table.without('b')).toBe(table);
  });

  it('takes ids that every object has for what they are', () => {
    expect(Table.empty.has('constructor')).toBe(false);
    expect(Table.of([['__proto__', 1]]).get('__proto__')).toBe(1);
  });
});
