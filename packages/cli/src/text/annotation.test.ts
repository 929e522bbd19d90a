import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { annotation } from './annotation.ts';
import { render } from './render.ts';

const drawn = (file: string, text: string, line: number | null = 3): string =>
  render([annotation(file, { level: 'error', line, text, hint: null })], 'plain');

describe('annotation', () => {
  it('stands on the file and the line', () => {
    expect(drawn('queue/a.json', 'is not JSON')).toBe('::error file=queue/a.json,line=3::is not JSON\n');
    expect(drawn('yard.json', 'is too large', null)).toBe('::error file=yard.json::is too large\n');
  });

  it('is no other command, whatever a file is called', () => {
    expect(drawn('queue/a,line=1::warning title=x.json', 'b\n::add-path::/tmp')).toBe(
      '::error file=queue/a%2Cline=1%3A%3Awarning title=x.json,line=3::b%0A::add-path::/tmp\n',
    );
  });

  it('is one line that says file, line and text as they are', () => {
    assert(
      property(string({ unit: 'grapheme-ascii' }), string({ unit: 'binary' }), (file, text) => {
        const lines = drawn(file, text).split('\n');

        expect(lines).toHaveLength(2);
        const [, name = ''] = /^::error file=([^,:]*),line=3::/.exec(lines[0] ?? '') ?? [];
        expect(decodeURIComponent(name)).toBe(file);
      }),
    );
  });
});
