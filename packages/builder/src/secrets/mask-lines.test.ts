import { describe, expect, it } from 'vitest';
import { openMaskReader } from './mask-lines.ts';

const told = (...chunks: string[]) => {
  const hidden: string[] = [];
  const reader = openMaskReader((value) => hidden.push(value));
  const shown = chunks.map((chunk) => reader.write(Buffer.from(chunk)).toString());
  return { hidden, shown: [...shown, reader.end().toString()] };
};

describe('mask-lines', () => {
  it('knows a value before its line is shown, wherever that was cut', () => {
    expect(told('a\n::add-m', 'ask::val', 'ue-1\nb\n')).toEqual({
      hidden: ['value-1'],
      shown: ['a\n', '', '::add-mask::value-1\nb\n', ''],
    });
  });

  it('takes several of a chunk, and the last one without a line end', () => {
    const { hidden, shown } = told('::add-mask::one-1\r\nx\n::add-mask::two-2\n::add-mask::three');

    expect(hidden).toEqual(['one-1', 'two-2', 'three']);
    expect(shown.join('')).toContain('::add-mask::three');
  });

  it('waits no longer than a line may be, so that no build can make it collect', () => {
    const { hidden, shown } = told(`::add-mask::${'x'.repeat(10_000)}`, 'more');

    expect(hidden).toHaveLength(1);
    expect(shown[0]).toHaveLength(10_012);
  });

  it('reads line breaks as the convention writes them', () => {
    expect(told('::add-mask::one%0Atwo%25\n').hidden).toEqual(['one\ntwo%']);
  });
});
