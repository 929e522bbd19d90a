import { describe, expect, it } from 'vitest';
import { openLineChoice } from './choose-lines.ts';

const lines = ['[gityard] Build: make', 'compiling', '[gityard] Test: make test', 'ok', 'not OK'];

describe('choose-lines', () => {
  it('gives the lines of a stage, however they come', () => {
    const choose = openLineChoice({ stage: 'Test', grep: undefined });

    expect(lines.flatMap((line) => choose([line]))).toEqual(lines.slice(2));
  });

  it('gives the lines that hold a text, whatever its case', () => {
    expect(openLineChoice({ stage: undefined, grep: 'Ok' })(lines)).toEqual(['ok', 'not OK']);
    expect(openLineChoice({ stage: 'Build', grep: 'ok' })(lines)).toEqual([]);
    expect(openLineChoice({ stage: undefined, grep: undefined })(lines)).toEqual(lines);
  });
});
