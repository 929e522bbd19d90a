import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from './read-json.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const refused = (input: Uint8Array | string) => {
  const read = readJson(typeof input === 'string' ? bytes(input) : input);
  return read.ok ? 'accepted' : `${read.line ?? '-'}: ${read.reason}`;
};

describe('read-json', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (text) => {
        const read = readJson(bytes(text));
        // Doubled and prototype keys are the only things that are refused on purpose here.
        if (read.ok) expect(read.value).toEqual(JSON.parse(text));
        else expect(read.reason).toMatch(/has a key|twice|held exactly|out of range/);
      }),
    );
  });

  it.each([
    ['', '-: is empty'],
    ['  \n', '-: is empty'],
    ['{', '1: is not JSON: Expected property name'],
    ['{\n  "a": 1,\n  "a": 2\n}', '3: says "a" twice'],
    ['{"\\u0061": 1, "a": 2}', '1: says "a" twice'],
    ['{"__proto__": {"admin": true}}', '1: has a key "__proto__"'],
    ['{"constructor": 1}', '1: has a key "constructor"'],
    ['{"a": 9007199254740993}', '1: has the number 9007199254740993, which cannot be held exactly'],
    ['{"a": 1e999}', '1: has the number 1e999, which is out of range'],
    ['{\n<<<<<<< ours\n"a": 1\n=======\n"a": 2\n>>>>>>> theirs\n}', '2: holds the conflict markers of a merge'],
    [`${'['.repeat(65)}${']'.repeat(65)}`, '1: is nested deeper than 64'],
  ])('refuses %j and says where', (text, expected) => {
    expect(refused(text)).toContain(expected);
  });

  it('refuses bytes that are not UTF-8, UTF-16 and NUL', () => {
    expect(refused(new Uint8Array([0x7b, 0xff, 0x7d]))).toBe('-: is not UTF-8 text');
    expect(refused(new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]))).toBe('-: is not UTF-8 text');
    expect(refused('{"a": "\0"}')).toBe('-: is not UTF-8 text');
  });

  it('forgives a byte order mark', () => {
    expect(readJson(bytes('\ufeff{"a": 1}'))).toEqual({ ok: true, value: { a: 1 } });
  });

  it.each([
    ['a word', '{\n  "a": 1,\n  oops\n}\n', 3],
    ['a bare value', '{\n  "a": {\n    "b": ten\n  },\n  "c": 1\n}\n', 3],
    ['a comma too many', '[\n  1,\n  ,\n  2\n]\n', 3],
    ['a comma too many in an object', '{\n  "a": 1,\n}\n', 3],
    ['a missing value', '{\n  "a":\n}\n', 3],
    ['a comment', '{\n  // no\n  "a": 1\n}\n', 2],
    ['a string over two lines', '{\n  "a": "one\n two"\n}\n', 2],
    ['an end that is missing', '{\n  "a": 1\n', 3],
    ['something after the end', '{}\n\n{}\n', 3],
  ])('names the line of %s', (_, text, line) => {
    expect(readJson(bytes(text))).toMatchObject({ ok: false, line });
  });

  it('is not exhausted by five million brackets', () => {
    expect(readJson(bytes('['.repeat(5_000_000)), 10_000_000)).toMatchObject({
      ok: false,
      reason: 'is nested deeper than 64',
    });
    expect(readJson(bytes('['.repeat(5_000_000)))).toMatchObject({ ok: false, code: 'TOO_LARGE' });
  });

  it('is not confused by brackets, colons and numbers inside strings', () => {
    const value = { a: '}{][":,\\" 9007199254740993 "b": "b"', b: ['{', '\\'] };
    expect(readJson(bytes(JSON.stringify(value)))).toEqual({ ok: true, value });
  });
});
