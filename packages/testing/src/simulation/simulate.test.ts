import { describe, expect, it } from 'vitest';

import { seedsFrom } from '../soak/arguments.ts';
import { regressions } from '../soak/regressions.ts';
import { runSeeds } from '../soak/run-seeds.ts';
import { simulate } from './simulate.ts';
import { FAULT_KINDS } from './swarm.ts';

/** Enough that every kind of fault is met; `npm run soak` runs as many as there is time for. */
const SEEDS = 25;

describe('a simulated yard', { timeout: 900_000 }, () => {
  it('is the same run for the same seed, and another one for another', async () => {
    const run = (seed: number) => simulate({ seed, faults: FAULT_KINDS, minutes: 4 });
    const [first, again, other] = [await run(7), await run(7), await run(8)];

    expect(again).toEqual(first);
    expect(other.trace).not.toBe(first.trace);
  });

  it(`keeps every rule in ${SEEDS} runs, in which everything fails that can`, async () => {
    const { failures, faults, takeOvers } = await runSeeds(seedsFrom(1, SEEDS));

    expect(failures).toEqual([]);
    expect(FAULT_KINDS.filter((kind) => !faults.has(kind) && !IS_A_STATE.includes(kind))).toEqual([]);
    expect(takeOvers).toBeGreaterThan(SEEDS);
  });

  it('keeps every rule where it once did not', async () => {
    // The first seeds have just run.
    const { failures } = await runSeeds((await regressions()).map((it) => it.seed).filter((seed) => seed > SEEDS));

    expect(failures).toEqual([]);
  });
});

/** They are so from the beginning, and do not strike. */
const IS_A_STATE = ['skew', 'drift', 'scarce-pushes'];
