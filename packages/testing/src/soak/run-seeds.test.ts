import { describe, expect, it } from 'vitest';

import { seedsFrom } from './arguments.ts';
import { runSeeds } from './run-seeds.ts';

describe('running seeds', () => {
  it('ends with the seed after which the time is over, and runs one at the least', async () => {
    let looks = 0;

    const two = await runSeeds(seedsFrom(1, Number.POSITIVE_INFINITY), { isOver: () => ++looks > 1 });
    const one = await runSeeds(seedsFrom(1, Number.POSITIVE_INFINITY), { isOver: () => true });

    expect([two.seeds, one.seeds]).toEqual([2, 1]);
  });
});
