/** From the bytes of somebody else's editor to values, however they are damaged. */
import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';
import { readValues } from './read-values.ts';
import { salvage } from './salvage.ts';
import { hasMarkers, unmerge } from './unmerge.ts';

const bytes = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding);
const valuesIn = (text: string, repair = true) => readValues(bytes(text), { repair }).values.map((it) => it.value);

describe('decode-text', () => {
  it.each([
    ['UTF-8', bytes('{"a":"ü"}')],
    ['UTF-8 with a mark', bytes('\uFEFF{"a":"ü"}')],
    ['UTF-16 with a mark', bytes('\uFEFF{"a":"ü"}', 'utf16le')],
    ['UTF-16 without a mark', bytes('{"a":"ü"}', 'utf16le')],
    ['big-endian UTF-16', bytes('\uFEFF{"a":"ü"}', 'utf16le').swap16()],
  ])('reads %s', (_, content) => {
    expect(decodeText(content)).toEqual({ text: '{"a":"ü"}', damage: null });
  });

  it('forgets the line ends of other systems, and says what it had to guess', () => {
    expect(decodeText(bytes('a\r\nb\rc')).text).toBe('a\nb\nc');
    expect(decodeText(bytes('gr\xfc\xdfe', 'latin1'))).toEqual({
      text: 'grüße',
      damage: 'is not UTF-8 text, read as Windows-1252',
    });
  });
});

describe('unmerge', () => {
  it('gives each side of a conflict, without its base, on the lines where it stood', () => {
    const text = ['a', '<<<<<<< HEAD', 'b', '||||||| base', 'c', '=======', 'd', '>>>>>>> other', 'e'].join('\n');

    expect(unmerge(text).map((it) => it.split('\n').join(' '))).toEqual(['a  b      e', 'a      d  e']);
  });

  it('gives each way through conflicts in conflicts', () => {
    const inner = ['<<<<<<< x', 'b', '=======', 'c', '>>>>>>> y'];
    const text = ['<<<<<<< HEAD', 'a', ...inner, '=======', 'd', '>>>>>>> other'].join('\n');

    expect(
      unmerge(text)
        .map((it) => it.replaceAll('\n', ''))
        .sort(),
    ).toEqual(['ab', 'ac', 'd', 'd']);
  });

  it('takes rules of text for no markers', () => {
    expect(hasMarkers('title\n=======\ntext')).toBe(false);
    expect(hasMarkers('<<<<<<< HEAD\na\n')).toBe(true);
  });
});

describe('salvage', () => {
  it('finds every object that is whole, with its line and the name that it had', () => {
    const text = '{"jobs": {\n"j1": {"a": {"b": 1}},\n"j2": {"a": 2},\n"j3": {"a": ';

    expect(salvage(text)).toEqual({
      found: [
        { key: 'j1', value: { a: { b: 1 } }, line: 2 },
        { key: 'j2', value: { a: 2 }, line: 3 },
      ],
      cutAt: 4,
    });
  });

  it('loses no more than a line to a quote that is missing', () => {
    const { found } = salvage('[{"a": 1},\n{"a": "2},\n{"a": 3}]');

    expect(found.map((it) => it.value)).toEqual([{ a: 1 }, { a: 3 }]);
  });

  it('ends also where somebody opened a million braces', () => {
    expect(salvage(`${'[{'.repeat(200_000)}{"a":1}`).found).toEqual([]);
    expect(salvage(`${'{'.repeat(300_000)}${'}'.repeat(300_000)}`).found.length).toBeLessThan(2);
    expect(salvage(`${'['.repeat(300_000)}${'}'.repeat(300_000)}`).found).toEqual([]);
  });
});

describe('read-values', () => {
  it('reads JSON, and lines of JSON', () => {
    expect(valuesIn('[1]', false)).toEqual([[1]]);
    expect(valuesIn('{"a":1}\n{"a":2}\n', false)).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it.each([
    ['nothing', '', 'is empty', null],
    ['a conflict', '[\n<<<<<<< a\n1\n=======\n2\n>>>>>>> b\n]', 'holds the conflict markers of a merge', 2],
    ['a cut', '[\n{"a": 1},\n{"a": ', 'is cut off: what begins here has no end', 3],
    ['a comma too much', '[{"a": 1},]', 'is not JSON', null],
  ])('tells of %s with its place, and reads nothing of it without being told to', (_, text, reason, line) => {
    expect(readValues(bytes(text), { repair: false })).toEqual({ values: [], damage: { reason, line } });
  });

  it('reads what is whole in it when told to', () => {
    expect(valuesIn('[{"a": 1},]')).toEqual([{ a: 1 }]);
    expect(valuesIn('[\n<<<<<<< a\n{"a": 1}\n=======\n{"a": 2}\n>>>>>>> b\n]')).toEqual([[{ a: 1 }], [{ a: 2 }]]);
  });
});
