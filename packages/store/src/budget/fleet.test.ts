import { describe, expect, it } from 'vitest';
import { type Beating, type BudgetWorld, budgetWorld, MINUTE_MS } from './budget.fixture.ts';
import { RIDES } from './turn.ts';

/** One agent: it beats as often as four sixths of the pushes allow, and now and then has a claim to write. */
async function live(world: BudgetWorld, { agents, untilMs }: { agents: number; untilMs: number }): Promise<void> {
  const { clock } = world;
  const budget = world.budgetOf();
  budget.allowance = { perMinute: 6, share: 1 / agents };
  const [ledger, beats] = [await world.ledger(budget), await world.live(budget)];
  const beatMs = Math.max(MINUTE_MS, (agents * MINUTE_MS) / 4);
  const stop = new AbortController();
  const rides = rideUntil(stop.signal, beats);
  await clock.sleep(beatMs * clock.random());
  while (clock.monotonicMs() < untilMs) {
    await beats.perform('beat', { priority: 2 });
    if (clock.random() < 0.1) await ledger.perform({ id: `${clock.monotonicMs()}` }, { priority: 0 });
    await clock.sleep(beatMs * (0.95 + 0.1 * clock.random()));
  }
  stop.abort();
  await rides;
  await Promise.all([ledger.close(), beats.close()]);
}

async function rideUntil(signal: AbortSignal, beats: Beating): Promise<void> {
  while (!signal.aborted) await beats.perform('ride', { priority: RIDES, signal }).catch(() => undefined);
}

describe('a fleet', () => {
  it.each([4, 20, 50])('of %i agents makes no more than six pushes a minute over an hour', async (agents) => {
    const world = budgetWorld();
    const { clock, pushes } = world;
    await Promise.all([world.ledger(world.budgetOf()), world.live(world.budgetOf())]);

    const untilMs = clock.monotonicMs() + 60 * MINUTE_MS;
    await clock.run(Promise.all(Array.from({ length: agents }, () => live(world, { agents, untilMs }))));

    const perMinute = (pushes.length * MINUTE_MS) / (pushes.at(-1)?.atMs ?? 0);
    expect(perMinute).toBeLessThanOrEqual(6);
    expect(perMinute).toBeGreaterThan(3);
    expect(pushes.filter((it) => it.refs.length > 1).length).toBeGreaterThan(0);
  });
});
