import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameValue } from './same-value.ts';

describe('same-value', () => {
  it('holds for what JSON cannot tell apart', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) =>
        sameValue(JSON.parse(JSON.stringify(value)), JSON.parse(JSON.stringify(value))),
      ),
    );
  });

  it('does not mind the order of fields, but that of a list', () => {
    expect(sameValue({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
    expect(sameValue([1, 2], [2, 1])).toBe(false);
  });

  it.each([
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: undefined }, { b: 1 }],
    [{}, []],
    [null, {}],
    [1, '1'],
  ])('tells %o from %o', (a, b) => {
    expect([sameValue(a, b), sameValue(b, a)]).toEqual([false, false]);
  });
});
