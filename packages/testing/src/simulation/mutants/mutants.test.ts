import { describe, expect, it } from 'vitest';

import { simulate } from '../simulate.ts';
import type { Violation } from '../violations.ts';
import { MUTANTS, type Mutant } from './list.ts';

const MOST_SEEDS = 60;

/** What the first seed finds that finds anything. */
async function firstFound({ simulation }: Mutant): Promise<Violation | undefined> {
  for (let seed = 1; seed <= MOST_SEEDS; seed++) {
    const { violations } = await simulate({ seed, ...simulation });
    if (violations[0]) return violations[0];
  }
  return undefined;
}

describe('a bug that is planted', { timeout: 900_000 }, () => {
  it.each(MUTANTS)('is found: $name', async (mutant) => {
    const found = await firstFound(mutant);

    expect(mutant.foundBy).toContain(found?.rule);
  });

  it('is the reason why it is found: without it the same runs find nothing', async () => {
    for (const { simulation } of MUTANTS) {
      const { violations } = await simulate({ ...simulation, seed: 1, flaws: {}, minutes: 2 });
      expect(violations).toEqual([]);
    }
  });
});
