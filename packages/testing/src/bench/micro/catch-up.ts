/** A reader that was away: others landed 10 or 1,000 commits meanwhile, and now it looks again. */
import { openStore, openTransport } from '@gityard/store';

import { appendCommits, headOf, REF } from '../seed.ts';
import { trafficBetween, type World } from '../server.ts';
import { type Micro, type MicroContext, type MicroResult, summarise, timed } from './micro.ts';

export const catchUp: Micro = async (context) => [
  ...(await catchUpBy(10, context)),
  ...(await catchUpBy(1000, context)),
];

async function catchUpBy(count: number, { server, size }: MicroContext): Promise<MicroResult[]> {
  const world = await server.makeWorld(`catch-up-${count}`);
  const times: number[] = [];
  const requests: number[] = [];
  const bytes: number[] = [];
  for (let turn = 0; turn < (size === 'quick' ? 2 : 5); turn++) {
    const missed = Array.from({ length: count }, (_, number) => `away-${turn}-${number}`);
    const look = await lookAgain(world, missed);
    times.push(look.ms);
    requests.push(look.requests);
    bytes.push(look.bytesDown);
  }
  const key = `catch-up-${count}`;
  const what = `catching up ${count.toLocaleString('en')} commits`;
  return [
    summarise({ key, what }, times),
    summarise({ key: `${key}-requests`, what: `${what}: requests`, unit: 'requests' }, requests),
    summarise({ key: `${key}-bytes`, what: `${what}: received`, unit: 'bytes' }, bytes),
  ];
}

async function lookAgain(world: World, missed: readonly string[]) {
  const transport = openTransport(world.url);
  const store = openStore<never, never>({ transport, ref: REF, compose: nothing });
  try {
    await store.refresh();
    await appendCommits(world.repository, missed);
    const before = await world.traffic();
    const ms = await timed(() => store.refresh());
    if (store.snapshot?.commit !== (await headOf(world.repository))) throw new Error('the reader did not catch up');
    return { ms, ...trafficBetween(before, await world.traffic()) };
  } finally {
    await store.close();
    await transport.close();
  }
}

function nothing(): never {
  throw new Error('a reader has nothing to compose');
}
