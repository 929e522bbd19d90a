import { beforeEach, describe, expect, it } from 'vitest';
import { type BudgetWorld, budgetWorld, codeOf, LIVE, MINUTE_MS } from './budget.fixture.ts';
import type { PushBudget } from './push-budget.ts';
import { RIDES } from './turn.ts';

let world: BudgetWorld;
let clock: BudgetWorld['clock'];
let pushes: BudgetWorld['pushes'];
let budget: PushBudget;

beforeEach(() => {
  world = budgetWorld();
  ({ clock, pushes } = world);
  budget = world.budgetOf();
});

describe('what rides along', () => {
  it('shares a push that is made anyway, and causes none', async () => {
    const ledger = await world.ledger(budget);
    const live = await world.live(budget);
    budget.allowance = { perMinute: 6, share: 1 };
    const beat = live.perform('beat', { priority: RIDES });
    await clock.run(clock.sleep(MINUTE_MS));
    expect(pushes).toEqual([]);

    await clock.run(ledger.perform({ id: 'claim' }, { priority: 0 }));

    expect(await beat).toMatchObject({ answer: 'beat' });
    expect(pushes).toMatchObject([{ refs: ['yard', 'yard-live'] }]);
    await Promise.all([ledger.close(), live.close()]);
  });

  it('stays behind when its ref moved, and the claim lands all the same', async () => {
    const ledger = await world.ledger(budget);
    const live = await world.live(budget);
    budget.allowance = { perMinute: 6, share: 1 };
    const beat = codeOf(live.perform('mine', { priority: RIDES }));
    // Between the look of the one who rides and its push.
    const [claimed] = await clock.run(
      Promise.all([ledger.perform({ id: 'claim' }, { priority: 0 }), world.rivalOfLive()]),
    );

    expect(claimed.answer).toBe('added');
    expect(await beat).toBe('CONFLICT');
    expect(pushes).toHaveLength(1);
    await Promise.all([ledger.close(), live.close()]);
  });

  it('lands although the operation it rides with lost its race', async () => {
    const ledger = await world.ledger(budget);
    const live = await world.live(budget);
    await clock.run(ledger.refresh());
    budget.allowance = { perMinute: 6, share: 1 };

    const beat = live.perform('mine', { priority: RIDES });
    await clock.run(Promise.all([ledger.perform({ id: 'claim' }, { priority: 0 }), world.rivalOfLedger()]));

    expect(ledger.counters.conflicts).toBeGreaterThan(0);
    expect(await beat).toMatchObject({ answer: 'mine' });
    await Promise.all([ledger.close(), live.close()]);
  });

  it('does not take the claim with it when a hook turns both away for its sake', async () => {
    const refusal = { ok: false, sort: 'refused', reason: 'pre-receive hook declined' } as const;
    const live = await world.live(budget);
    const ledger = await world.ledger(budget, {
      push: async (request) =>
        request.updates.some((it) => it.ref === LIVE)
          ? { kind: 'answered', refs: new Map(request.updates.map((it) => [it.ref, refusal])) }
          : world.remote.transport().push(request),
    });
    budget.allowance = { perMinute: 6, share: 1 };
    const beat = codeOf(live.perform('beat', { priority: RIDES }));

    const claim = await clock.run(ledger.perform({ id: 'claim' }, { priority: 0 }));

    expect(claim.answer).toBe('added');
    expect(await beat).toBe('DENIED');
    expect(budget.use.used).toBe(2);
    await Promise.all([ledger.close(), live.close()]);
  });

  it('goes back to the line when there is nothing to ride with after all', async () => {
    const ledger = await world.ledger(budget);
    const live = await world.live(budget);
    budget.allowance = { perMinute: 6, share: 1 };
    const beat = live.perform('beat', { priority: RIDES });

    await clock.run(ledger.perform({ id: 'claim', only: 'what is not there' }, { priority: 0 }));
    await clock.run(clock.sleep(MINUTE_MS));
    expect(pushes).toEqual([]);

    await clock.run(ledger.perform({ id: 'start' }, { priority: 1 }));
    expect(await beat).toMatchObject({ answer: 'beat' });
    await Promise.all([ledger.close(), live.close()]);
  });

  it('is left behind when it takes too long, so that the claim need not wait for it', async () => {
    const ledger = await world.ledger(budget);
    budget.allowance = { perMinute: 6, share: 1 };
    const nothing = async () => ({ head: null, objects: [] });
    const live = await world.live(budget, { fetchRef: () => clock.sleep(MINUTE_MS / 2).then(nothing) });
    const beat = codeOf(live.perform('beat', { priority: RIDES }));
    const sinceMs = clock.monotonicMs();

    const claim = ledger.perform({ id: 'claim' }, { priority: 0 });
    await clock.run(claim);

    expect(clock.monotonicMs() - sinceMs).toBeLessThan(5_000);
    expect(await clock.run(beat)).toBe('BRANCH_MISSING');
    await Promise.all([ledger.close(), live.close()]);
  });

  it('waits for ever where nothing limits pushes: there every beat may go by itself', async () => {
    const ledger = await world.ledger(budget);
    const live = await world.live(budget);
    const stop = new AbortController();
    const beat = live.perform('beat', { priority: RIDES, signal: stop.signal }).catch(() => 'left');

    await clock.run(ledger.perform({ id: 'claim' }, { priority: 0 }));
    stop.abort();

    expect(await beat).toBe('left');
    expect(pushes).toMatchObject([{ refs: ['yard'] }]);
    await Promise.all([ledger.close(), live.close()]);
  });
});
