import { describe, expect, it } from 'vitest';
import { type Schema, typeOfSchema } from './type-of-schema.ts';

const CASES: readonly [Schema, string][] = [
  [true, 'unknown'],
  [false, 'never'],
  [{}, 'unknown'],
  [{ type: 'string', minLength: 1, format: 'date-time' }, 'string'],
  [{ type: ['integer', 'null'] }, 'number | null'],
  [{ type: ['integer', 'number'] }, 'number'],
  [{ const: 'ok' }, '"ok"'],
  [{ const: null }, 'null'],
  [{ enum: ['a', 1, null] }, '"a" | 1 | null'],
  [{ $ref: '#/components/schemas/Problem' }, 'Problem'],
  [{ type: 'array', items: { type: 'string' } }, 'readonly string[]'],
  [{ type: 'array' }, 'readonly unknown[]'],
  [{ type: 'array', items: { enum: ['a', 'b'] } }, 'readonly ("a" | "b")[]'],
  [{ type: 'array', items: { type: 'array', items: { type: 'null' } } }, 'readonly (readonly null[])[]'],
  [{ type: 'object' }, 'Readonly<Record<string, unknown>>'],
  [{ type: 'object', additionalProperties: { type: 'integer' } }, 'Readonly<Record<string, number>>'],
  [{ type: 'object', properties: {}, additionalProperties: false }, 'Readonly<Record<string, never>>'],
  [
    { type: 'object', properties: { a: { type: 'string' }, 'b-c': { type: 'null' } }, required: ['a'] },
    '{ readonly a: string; readonly "b-c"?: null; }',
  ],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string | null'],
  [{ type: 'string', anyOf: [{ const: 'a' }, { const: 'b' }] }, 'string & ("a" | "b")'],
  [{ allOf: [{ const: 'a' }, { type: 'string' }] }, '"a" & string'],
  [{ anyOf: [{}, { type: 'null' }] }, 'unknown'],
];

describe('type-of-schema', () => {
  it.each(CASES)('makes of %j the type %s', (schema, type) => {
    expect(typeOfSchema(schema)).toBe(type);
  });

  it('does not guess at what it does not know', () => {
    expect(() => typeOfSchema({ type: 'string', not: { const: 'a' } })).toThrow('keyword not');
    expect(() => typeOfSchema({ type: 'array', items: { if: {} } })).toThrow('keyword if');
    expect(() => typeOfSchema({ type: 'date' })).toThrow('no type date');
  });
});
