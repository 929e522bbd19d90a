import { describe, expect, it } from 'vitest';

import { readArguments, seedsFrom, USAGE } from './arguments.ts';

const NO_END = Number.POSITIVE_INFINITY;

describe('arguments of the soak', () => {
  it('runs two hundred seeds, or as many as are asked for, from the one that is asked for', () => {
    expect(readArguments([])).toEqual({ first: 1, count: 200, minutes: NO_END, isVerbose: false });
    expect(readArguments(['--seeds', '3', '--from', '7'])).toMatchObject({ first: 7, count: 3 });
    expect([...seedsFrom(7, 3)]).toEqual([7, 8, 9]);
  });

  it('runs as many seeds as fit into the minutes, but no more than are asked for', () => {
    expect(readArguments(['--minutes', '30'])).toMatchObject({ first: 1, count: NO_END, minutes: 30 });
    expect(readArguments(['--minutes', '30', '--seeds', '9'])).toMatchObject({ count: 9, minutes: 30 });
  });

  it('shows one seed', () => {
    expect(readArguments(['--seed', '1234', '--verbose'])).toMatchObject({ first: 1234, count: 1, isVerbose: true });
  });

  it('takes nothing for a number that is none', () => {
    expect(() => readArguments(['--seeds', '1e9'])).toThrow('1e9 is no whole number');
  });

  it('names the runs with real processes, and what a long outage is called', () => {
    expect(USAGE).toContain('npm run chaos');
    expect(USAGE).toContain('--outage');
  });
});
