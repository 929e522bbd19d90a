import { expect, it } from 'vitest';

import { author, REF } from './ledger.fixture.ts';
import { openStore } from './store.ts';
import { MemoryRemote } from './transports/memory.ts';
import { type VirtualClock, virtualClock } from './virtual-clock.fixture.ts';

const ROUND_TRIP_MS = 40;

it('a lone writer does not wait: one request and one round-trip for each commit', async () => {
  const { counts, remote, elapsedMs } = await contest({ writers: 1, lastsMs: 1_200 });

  expect(remote.counters.pushes).toBe((counts[0] ?? 0) + 1);
  expect(elapsedMs / (counts[0] ?? 1)).toBeLessThan(1.2 * ROUND_TRIP_MS);
});

it.each([
  [2, 1.7],
  [4, 1.9],
  [16, 2.7],
])('%i writers in a tight race get even shares, for no more than %d requests a commit', async (writers, limit) => {
  const { counts, remote } = await contest({ writers, lastsMs: 60_000 });

  const landed = counts.reduce((sum, it) => sum + it, 0);
  expect(fairness(counts)).toBeGreaterThan(0.95);
  expect((remote.counters.pushes + remote.counters.fetches) / landed).toBeLessThan(limit);
  // With a look before each commit it could not be more than that.
  expect(landed).toBeGreaterThan(60_000 / ROUND_TRIP_MS / 2);
});

it('does not take a commit of some time ago for the newest', async () => {
  const clock = virtualClock();
  const remote = new MemoryRemote({ latencyMs: ROUND_TRIP_MS / 2, ports: clock });
  const stores = [writer(remote, clock, 'Ada'), writer(remote, clock, 'Bob')] as const;
  await clock.run(stores[0].create({ edits: [], message: 'begin', author }));
  await clock.run(stores[1].refresh());
  await clock.run(Promise.all(stores.map((store) => store.perform('1'))));
  // Only who lost knows that there is somebody else.
  const [loser, winner] = stores[0].counters.conflicts > 0 ? stores : ([stores[1], stores[0]] as const);

  await clock.run(winner.perform('2'));
  await clock.run(loser.perform('2'));

  expect(loser.counters.conflicts).toBe(1);
});

/** Every writer performs one operation after the other, with not a moment between them: the worst case. */
async function contest({ writers, lastsMs }: { writers: number; lastsMs: number }) {
  const clock = virtualClock({ seed: writers });
  const remote = new MemoryRemote({ latencyMs: ROUND_TRIP_MS / 2, ports: clock });
  const stores = Array.from({ length: writers }, (_, index) => writer(remote, clock, `writer ${index}`));
  await clock.run(
    Promise.all(stores.slice(0, 1).map((store) => store.create({ edits: [], message: 'begin', author }))),
  );
  const startedMs = clock.monotonicMs();

  const counts = await clock.run(
    Promise.all(
      stores.map(async (store) => {
        let count = 0;
        for (; clock.monotonicMs() < startedMs + lastsMs; count += 1) await store.perform(`${count}`);
        return count;
      }),
    ),
  );
  return { counts, remote, elapsedMs: clock.monotonicMs() - startedMs };
}

function writer(remote: MemoryRemote, ports: VirtualClock, name: string) {
  return openStore<string, string>({
    transport: remote.transport(),
    ref: REF,
    ports,
    compose: (_, operations) => ({
      edits: [{ path: name, content: Buffer.from(operations.join()) }],
      message: `${name} ${operations.join()}`,
      author: { name, email: 'writer@example.com' },
      answers: operations,
    }),
  });
}

/** Jain's index: 1 when all are equal, 1/n when one has everything. */
function fairness(counts: readonly number[]): number {
  const [sum, squares] = counts.reduce(([a, b], it) => [a + it, b + it * it], [0, 0] as const as [number, number]);
  return sum ** 2 / (counts.length * squares);
}
