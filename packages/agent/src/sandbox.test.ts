import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestYard, testYard, UNHURRIED } from './agent.fixture.ts';
import { allow } from './policy/change-policy.ts';
import { limitsOf, secondsAtMost } from './sandbox.ts';

describe('the sandbox of an agent', () => {
  let yard: TestYard;
  beforeEach(async () => {
    yard = await testYard(UNHURRIED);
  });
  afterEach(() => yard.close());

  it('keeps it from taking jobs where its owner wishes for one that does not work, until he says otherwise', async () => {
    const home = yard.homeOf('build1');
    const agent = await yard.start('build1');
    await agent.told('registered');
    await allow(home, { sandbox: 'no-such-sandbox' });
    const { not } = await agent.told('takes-jobs', ({ not }) => not !== null);
    const id = await yard.add(['true']);

    expect(not).toContain('there is no sandbox "no-such-sandbox"');
    await allow(home, { sandbox: 'none' });

    const job = await yard.untilStatus(id, 'succeeded');
    expect(job.result?.isolation).toBe('none');
  });
});

describe('limits of a policy', () => {
  const limits = { cores: 1.5, memoryGB: 2, diskGB: 0.5, processes: 100, minutes: 10 };

  it('are those of its builds', () => {
    expect(limitsOf({ limits })).toEqual({
      cores: 1.5,
      memoryBytes: 2e9,
      diskBytes: 5e8,
      processes: 100,
    });
  });

  it('make a build shorter and never longer', () => {
    expect(secondsAtMost(3600, { limits })).toBe(600);
    expect(secondsAtMost(60, { limits })).toBe(60);
    expect(secondsAtMost(3600, { limits: { ...limits, minutes: 0 } })).toBe(3600);
  });
});
