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

it.each([2, 4, 16])('%i writers in a tight race get even shares, and waste few pushes', async (writers) => {
  const { counts, remote } = await contest({ writers, lastsMs: 60_000 });

  const landed = counts.reduce((sum, it) => sum + it, 0);
  expect(fairness(counts)).toBeGreaterThan(0.9);
  expect(remote.counters.pushes / landed).toBeLessThan(2);
  // A commit needs two round-trips among rivals; more than half of the time is used.
  expect(landed).toBeGreaterThan(60_000 / ROUND_TRIP_MS / 5);
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
