import { describe, expect, it } from 'vitest';
import { openOutputReader } from './output-reader.ts';

const bytes = (text: string) => Buffer.from(text);

describe('output-reader', () => {
  it('counts a warning once, however often a tool repeats it and wherever a chunk is cut', () => {
    const reader = openOutputReader();
    const text = 'a.c:1:1: warning: x\nfine\na.c:1:1: warning: x\na.c:2:1: error: ü\n';
    const counts = [...bytes(text)].map((byte) => reader.read(Uint8Array.of(byte)));

    expect(counts.reduce((sum, it) => sum + it.warnings, 0)).toBe(1);
    expect(counts.reduce((sum, it) => sum + it.errors, 0)).toBe(1);
    expect(reader.firstErrors()).toEqual(['a.c:2:1: error: ü']);
  });

  it('knows the last line that says something, without its colours', () => {
    const reader = openOutputReader();

    reader.read(bytes('one\n\u001b[32mtwo\u001b[0m\n\n'));

    expect(reader.lastLine()).toBe('two');
    reader.read(bytes('::endgroup::\n'));
    expect(reader.lastLine()).toBe('two');
    reader.read(bytes('::group::Unit tests\n'));
    expect(reader.lastLine()).toBe('Unit tests');
  });

  it('keeps little of much: a line of 50 MB, and a million errors', () => {
    const reader = openOutputReader();
    for (let part = 0; part < 50; part++) reader.read(Buffer.alloc(1_000_000, 'error '));
    for (let part = 0; part < 10; part++)
      reader.read(bytes(Array.from({ length: 10_000 }, (_, row) => `error: ${part} ${row}\n`).join('')));

    expect(reader.firstErrors()).toHaveLength(20);
    expect(reader.tail().length).toBeLessThanOrEqual(65_536);
  });
});
