import { beforeEach, describe, expect, it } from 'vitest';
import { linesOf } from '../ledger.fixture.ts';
import { type BudgetWorld, budgetWorld, codeOf, MINUTE_MS } from './budget.fixture.ts';
import type { PushBudget } from './push-budget.ts';
import { AT_ONCE } from './turn.ts';

let world: BudgetWorld;
let clock: BudgetWorld['clock'];
let pushes: BudgetWorld['pushes'];
let budget: PushBudget;

beforeEach(() => {
  world = budgetWorld();
  ({ clock, pushes } = world);
  budget = world.budgetOf();
});

describe('a push budget', () => {
  it('holds up nothing that cannot wait, which takes along what does', async () => {
    const ledger = await world.ledger(budget);
    const live = await world.live(budget);
    budget.allowance = { perMinute: 2, share: 1 / 4 };
    for (let index = 0; index < 2; index += 1) await clock.run(ledger.perform({ id: `${index}` }, { priority: 0 }));
    const [before, sinceMs] = [pushes.length, clock.monotonicMs()];

    const waiting = ledger.perform({ id: 'can wait' }, { priority: 1 });
    await clock.run(Promise.all([waiting, live.perform('beat', { priority: AT_ONCE })]));

    expect(clock.monotonicMs() - sinceMs).toBeLessThan(5_000);
    expect(pushes.length - before).toBe(1);
    await Promise.all([ledger.close(), live.close()]);
  });

  it('lets what waits go when it must, most urgent first, and the rest with it', async () => {
    const ledger = await world.ledger(budget);
    budget.letGo();
    budget.allowance = { perMinute: 2, share: 1 / 4 };
    for (let index = 0; index < 2; index += 1) await clock.run(ledger.perform({ id: `${index}` }, { priority: 0 }));
    const [before, sinceMs] = [pushes.length, clock.monotonicMs()];

    const waiting = [ledger.perform({ id: 'waits' }, { priority: 2 }), ledger.perform({ id: 'too' }, { priority: 1 })];
    const letGo = clock.sleep(1_000).then(() => budget.letGo());
    await clock.run(Promise.all([...waiting, letGo]));

    expect(clock.monotonicMs() - sinceMs).toBeLessThan(5_000);
    expect(pushes.length - before).toBe(1);
    await ledger.close();
  });

  it('is never exceeded in any minute, and whoever waits shares the next commit', async () => {
    const ledger = await world.ledger(budget);
    budget.allowance = { perMinute: 6, share: 1 };
    const asking = Array.from({ length: 300 }, async (_, index) => {
      await clock.sleep(index * 1_000);
      return ledger.perform({ id: `${index}` });
    });

    await clock.run(Promise.all(asking));

    expect(linesOf(ledger.snapshot)).toHaveLength(300);
    expect(world.mostInAMinute()).toBeLessThanOrEqual(6);
    expect(budget.use).toMatchObject({ perMinute: 6, used: expect.any(Number) });
    await ledger.close();
  });

  it('knows how long the next push will have to wait, so that nobody promises an earlier one', async () => {
    const ledger = await world.ledger(budget);
    expect(budget.nextInMs).toBe(0);
    budget.allowance = { perMinute: 2, share: 1 };
    for (let index = 0; index < 2; index += 1) await clock.run(ledger.perform({ id: `${index}` }));
    const { nextInMs } = budget;
    const sinceMs = clock.monotonicMs();

    await clock.run(ledger.perform({ id: 'waits' }));

    expect(nextInMs).toBeGreaterThan(50_000);
    const waitedMs = clock.monotonicMs() - sinceMs;
    expect(waitedMs).toBeGreaterThanOrEqual(nextInMs);
    expect(waitedMs).toBeLessThan(nextInMs + 5_000);
    await ledger.close();
  });

  it('makes nobody’s deadline pass by waiting', async () => {
    const ledger = await world.ledger(budget);
    budget.allowance = { perMinute: 1, share: 0.1 };
    await clock.run(ledger.perform({ id: 'first' }));

    await clock.run(ledger.perform({ id: 'second' }));

    expect(clock.monotonicMs()).toBeGreaterThan(9 * MINUTE_MS);
    expect(linesOf(ledger.snapshot)).toEqual(['first', 'second']);
    await ledger.close();
  });

  it('lets the most urgent go first, whichever store asks, and decides only then', async () => {
    const ledger = await world.ledger(budget);
    const live = await world.live(budget);
    budget.allowance = { perMinute: 1, share: 1 };
    await clock.run(ledger.perform({ id: 'spent' }));
    const decided: string[] = [];

    await clock.run(
      Promise.all([
        live.perform('beat', { priority: 2 }).then(() => decided.push('beat')),
        clock.sleep(5_000).then(() => ledger.perform({ id: 'talk' }, { priority: 2 })),
        clock.sleep(9_000).then(() => ledger.perform({ id: 'claim' }, { priority: 0 })),
      ]),
    );

    expect(linesOf(ledger.snapshot)).toEqual(['spent', 'claim', 'talk']);
    expect(pushes).toMatchObject([{ refs: ['yard'] }, { refs: ['yard', 'yard-live'] }]);
    await Promise.all([ledger.close(), live.close()]);
  });

  it('counts what is tried again after a lost race', async () => {
    const ledger = await world.ledger(budget);
    await clock.run(ledger.refresh());
    budget.allowance = { perMinute: 2, share: 1 };

    await clock.run(Promise.all([ledger.perform({ id: 'mine' }, { priority: 0 }), world.rivalOfLedger()]));

    expect(ledger.counters.conflicts).toBeGreaterThan(0);
    expect(pushes).toHaveLength(ledger.counters.conflicts + 1);
    expect(world.mostInAMinute()).toBeLessThanOrEqual(2);
    await ledger.close();
  });

  it('gives a push back that nobody needed', async () => {
    const ledger = await world.ledger(budget);
    budget.allowance = { perMinute: 1, share: 1 };

    await clock.run(ledger.perform({ id: 'a', only: 'what is not there' }));
    expect(budget.use).toEqual({ perMinute: 1, used: 0, left: 1 });

    await clock.run(ledger.perform({ id: 'b' }));
    expect(budget.use).toEqual({ perMinute: 1, used: 1, left: 0 });
    await ledger.close();
  });

  it('lets those go who have waited long enough where people ask, and says so once', async () => {
    const waits: number[] = [];
    budget = world.budgetOf({ patienceMs: 5_000, onWait: (perMinute) => waits.push(perMinute) });
    const ledger = await world.ledger(budget);
    budget.allowance = { perMinute: 1, share: 1 };
    await clock.run(ledger.perform({ id: 'a' }));
    const sinceMs = clock.monotonicMs();

    await clock.run(ledger.perform({ id: 'b' }));

    expect(clock.monotonicMs() - sinceMs).toBeLessThan(6_000);
    expect(waits).toEqual([1]);
    await ledger.close();
  });

  it('is one for all threads that share its memory', async () => {
    const ledger = await world.ledger(budget);
    budget.allowance = { perMinute: 2, share: 1 };
    const other = world.budgetOf({ shared: budget.shared });
    other.allowance = { perMinute: 2, share: 1 };
    const neighbour = await world.ledger(other);
    const asking = [ledger, neighbour].flatMap((it, place) =>
      [0, 1, 2, 3].map((index) => clock.sleep(index * 40_000).then(() => it.perform({ id: `${place}-${index}` }))),
    );

    await clock.run(Promise.all(asking));

    expect(world.mostInAMinute()).toBeLessThanOrEqual(2);
    expect(other.use).toEqual(budget.use);
    await Promise.all([ledger.close(), neighbour.close()]);
  });

  it('is halved when the host complains', async () => {
    const ledger = await world.ledger(budget);
    budget.allowance = { perMinute: 6, share: 1 };
    budget.slowDown();
    const asking = Array.from({ length: 60 }, (_, index) =>
      clock.sleep(index * 1_000).then(() => ledger.perform({ id: `${index}` }, { priority: 0 })),
    );

    await clock.run(Promise.all(asking));

    expect(pushes.filter((it) => it.atMs < MINUTE_MS).length).toBeLessThanOrEqual(3);
    await ledger.close();
  });

  it('ends the wait of a store that is closed', async () => {
    const ledger = await world.ledger(budget);
    budget.allowance = { perMinute: 1, share: 1 };
    await clock.run(ledger.perform({ id: 'a' }));

    const waiting = codeOf(ledger.perform({ id: 'b' }));
    await clock.run(ledger.close());

    expect(await waiting).toBe('TIMEOUT');
  });
});
