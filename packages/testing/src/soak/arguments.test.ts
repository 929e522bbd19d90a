import { describe, expect, it } from 'vitest';

import { readArguments, seedsFrom } from './arguments.ts';

describe('arguments of the soak', () => {
  it('runs two hundred seeds, or as many as are asked for, from the one that is asked for', () => {
    expect(readArguments([])).toEqual({ seeds: seedsFrom(1, 200), isVerbose: false });
    expect(readArguments(['--seeds', '3', '--from', '7'])).toEqual({ seeds: [7, 8, 9], isVerbose: false });
  });

  it('shows one seed', () => {
    expect(readArguments(['--seed', '1234', '--verbose'])).toEqual({ seeds: [1234], isVerbose: true });
  });

  it('takes nothing for a number that is none', () => {
    expect(() => readArguments(['--seeds', '1e9'])).toThrow('1e9 is no whole number');
  });
});
