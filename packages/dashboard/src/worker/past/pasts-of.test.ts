import { Buffer } from 'node:buffer';
import { expect, it } from 'vitest';
import { memoryReading } from '../../testing/memory-reading.ts';
import type { Place } from '../sources/source.ts';
import { pastsOf } from './pasts-of.ts';
import { snapshotAt } from './snapshot-at.ts';

const PATH = 'shared/agents/mac.json';
const VALID = JSON.stringify({ id: 'mac', host: 'mac', boot: 'b', registeredAt: '2026-03-01T00:00:00Z' });

it('tells who broke a file, and what it said while it was valid', async () => {
  const { reading } = world({ 5: '{', 4: '{"id": 4', 3: VALID, 2: VALID });

  const past = (await pastsOf(reading, { commit: oid(5), paths: [PATH] })).get(PATH);

  expect(past).toMatchObject({ author: 'person 5', at: '2026-03-05T00:00:00.000Z' });
  expect(new TextDecoder().decode(past?.lastValid ?? new Uint8Array())).toBe(VALID);
});

it('brings nothing back that was removed in between, or never was valid', async () => {
  const removed = world({ 5: '{', 4: undefined, 3: VALID });
  const never = world({ 5: '{', 4: '[' });

  for (const { reading } of [removed, never])
    expect((await pastsOf(reading, { commit: oid(5), paths: [PATH] })).get(PATH)?.lastValid).toBeNull();
});

it('shows a moment with the last valid version in force, as the yard has it, and the file among the broken', async () => {
  const { reading } = world({ 5: '{', 4: VALID });

  const model = await snapshotAt(reading, { commit: oid(5) });

  expect(model.agents).toMatchObject([{ id: 'mac' }]);
  expect(model.quarantined).toMatchObject([{ path: PATH }]);
});

/** One file as it was at each commit; undefined: it was not there. */
function world(versions: Readonly<Record<number, string | undefined>>) {
  const numbers = Object.keys(versions)
    .map(Number)
    .sort((a, b) => b - a);
  const line = numbers.map((number) => ({
    commit: oid(number),
    at: `2026-03-0${number}T00:00:00.000Z`,
    author: `person ${number}`,
    message: 'by hand',
  }));
  const textAt = (place: Place) => ('commit' in place ? versions[Number(place.commit[0])] : undefined);
  const reading = memoryReading(
    { [PATH]: versions[5] ?? '' },
    {
      commits: async (from, { count }) =>
        line.slice(line.findIndex(({ commit }) => 'commit' in from && commit === from.commit)).slice(0, count),
      file: async (place, path) => {
        const text = path === PATH ? textAt(place) : undefined;
        return text === undefined ? undefined : { oid: oid(0), bytes: Buffer.from(text) };
      },
    },
  );
  return { reading };
}

const oid = (number: number): string => `${number}`.repeat(40);
