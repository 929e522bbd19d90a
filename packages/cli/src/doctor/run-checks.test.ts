import { describe, expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { type Check, fine, wrong } from './check.ts';
import { CHECKS } from './list.ts';
import { runChecks } from './run-checks.ts';

const context = { look: async () => ({}) } as unknown as Context;
const check = (name: string, run: Check['run'], asks: Check['asks'] = 'machine'): Check => ({
  name,
  looks: '',
  asks,
  run,
});
const never = new Promise<never>(() => undefined);

describe('the checks of the doctor', () => {
  it('have names of their own, say what they look at and where more is written', () => {
    expect(new Set(CHECKS.map((it) => it.name)).size).toBe(CHECKS.length);
    for (const { looks, runbook, name } of CHECKS)
      expect([name, (looks ?? '') !== '', runbook !== undefined]).toEqual([name, true, true]);
  });

  it('are answered in the order of the list, whichever ends first', async () => {
    let settle = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const slow = check('slow', () => ended.then(() => fine('slow')));
    const quick = check('quick', async () => {
      settle();
      return fine('quick');
    });

    expect((await runChecks(context, [slow, quick])).map((it) => it.name)).toEqual(['slow', 'quick']);
  });

  it('fail by themselves where they throw, and where they never end', async () => {
    let aborted = false;
    const hangs = check('hangs', async (_, signal) => {
      signal.addEventListener('abort', () => (aborted = true));
      return never;
    });
    const throws = check('throws', async () => Promise.reject(new Error('boom')));

    const found = await runChecks(context, [hangs, throws], 20);

    expect(found).toMatchObject([
      { verdict: 'fail', text: expect.stringContaining('no answer within') },
      { verdict: 'fail', text: 'boom [INTERNAL]' },
    ]);
    expect(aborted).toBe(true);
  });

  it('leave out what needs a yard that is not reached, and look at the state once', async () => {
    let looks = 0;
    const counting = { look: async () => (looks += 1) } as unknown as Context;
    const looking = check('looks', (it) => it.look().then(() => fine('')), 'yard');
    const gate = check('yard', async () => wrong('away', 'wait'), 'yard');

    expect(await runChecks(counting, [looking, gate])).toMatchObject([{ verdict: 'skip' }, { verdict: 'fail' }]);
    await runChecks(counting, [looking, check('again', looking.run, 'yard')]);
    expect(looks).toBe(1);
  });
});
