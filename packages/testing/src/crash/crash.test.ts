import { describe, expect, it } from 'vitest';

import { openSimulatedYard } from '../simulation/open-yard.ts';
import { NOON } from './bystander.ts';
import { expectCounts } from './operations-in.ts';
import { killedAtEveryStep, withEveryRequestFailing, withEveryWriteFailing } from './try-all.ts';
import type { UseCase } from './use-case.ts';
import { USE_CASES } from './use-cases/list.ts';

describe.each(USE_CASES)('$name', { timeout: 600_000 }, (useCase) => {
  it('has its effect exactly once, at whichever step it is killed', async () => {
    const { runs, problems } = await killedAtEveryStep(useCase);

    expect(problems).toEqual([]);
    expect(runs).toBeGreaterThan(4);
  });

  it('has its effect exactly once, whichever request or answer is lost', async () => {
    const { runs, problems } = await withEveryRequestFailing(useCase);

    expect(problems).toEqual([]);
    expect(runs).toBeGreaterThan(3);
  });
});

describe('a disk', { timeout: 600_000 }, () => {
  it('may be full or broken at any write without an effect being lost or doubled', async () => {
    let runs = 0;
    for (const useCase of USE_CASES) {
      const tried = await withEveryWriteFailing(useCase);
      expect(tried.problems).toEqual([]);
      runs += tried.runs;
    }
    expect(runs).toBeGreaterThan(10);
  });
});

describe('trying all mishaps', () => {
  const forgetful: UseCase = {
    name: 'asking for a build under another name in each life',
    async live(world, life, boot) {
      const yard = openSimulatedYard(world, life, { actor: 'ada', boot });
      await world.calls.perform(yard, 'submit', { id: boot, job: { command: ['build'] }, by: 'ada', now: NOON });
    },
    isDone: (_, state) => state !== undefined && [...state.jobs].length > 0,
    judge: (world) => expectCounts(world, { submit: 1 }),
  };

  it('finds what has its effect twice', async () => {
    const { problems } = await killedAtEveryStep(forgetful);

    expect(problems).toEqual([expect.stringMatching(/^kill at 3 \(after push\): submit is in the history 2 times/)]);
  });
});
