/**
 * A run from its beginning to its verdict: real agents build, people ask for things, everything fails at random; then all is
 * made well, and after a minute at most the repository and the notes of the people are held against each other.
 */
import { join } from 'node:path';

import { waitFor } from '../wait-for.ts';
import { openAcks, readAcks } from './acks.ts';
import { startAnewWhoRests } from './acts/break-network.ts';
import { auditOf } from './audit-of.ts';
import { type Client, makeClient } from './clients.ts';
import { converge } from './converge.ts';
import { gather } from './evidence.ts';
import { inKeptFolder } from './in-kept-folder.ts';
import { paceHere } from './pace.ts';
import { makePerson } from './person.ts';
import { seededRandom } from './random.ts';
import { type ChaosReport, reportOf } from './report.ts';
import { stir } from './stir.ts';
import { makeWorld, type World } from './world.ts';

export interface ChaosOptions {
  readonly seconds: number;
  readonly agents: number;
  readonly seed: number;
  /** Also when all went well: the logs of the agents and all that they had. */
  readonly keepsFolder: boolean;
  /** Ends the stirring early; what was begun is judged all the same. */
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

const CLIENTS = ['ada', 'ben'];
const LEASE_SECONDS = 9;
const CONVERGE_MS = 60_000;
const TELL_EVERY_MS = 5_000;

export const runChaos = (options: ChaosOptions): Promise<ChaosReport> =>
  inKeptFolder((folder) => liveThrough(folder, options), { keeps: options.keepsFolder, say: options.say });

async function liveThrough(folder: string, options: ChaosOptions): Promise<ChaosReport> {
  const pace = await paceHere(folder);
  const leaseSeconds = Math.round(LEASE_SECONDS * pace);
  const world = await makeWorld({ folder, agents: options.agents, slots: 2, leaseSeconds });
  try {
    const acksFile = join(folder, 'acks.jsonl');
    const { played, clients } = await fight(world, acksFile, options);
    const convergence = await converge(world, { acks: acksFile, limitMs: CONVERGE_MS * pace });
    await Promise.all(world.agents.map((agent) => agent.stop()));
    const audit = await auditOf(world);
    const [evidence, acks] = [await gather(world), await readAcks(acksFile)];
    const commands = clients.reduce((sum, client) => sum + client.asked, 0);
    return await reportOf({ options, pace, world, played, commands, convergence, audit, evidence, acks });
  } finally {
    await world.close();
  }
}

async function fight(world: World, acksFile: string, { seconds, seed, signal, say }: ChaosOptions) {
  const acks = await openAcks(acksFile);
  const clients = CLIENTS.map((name, at) => makeClient(world, { name, acks, random: seededRandom(seed * 31 + at) }));
  const person = await makePerson(world, { acks, random: seededRandom(seed * 37) });
  await startAll(world);
  const stop = new AbortController();
  const startedAt = performance.now();
  const telling = setInterval(() => {
    const second = Math.round((performance.now() - startedAt) / 1000);
    const { killCount, endedCount } = world.timeline;
    say(`${second} s: ${killCount} kills, ${acks.count} acknowledged, ${endedCount} jobs ended`);
  }, TELL_EVERY_MS);
  try {
    const asking = clients.map((client) => client.askOn(stop.signal));
    const played = await stir({ scene: { world, person }, seconds, seed, signal });
    await makeWell(world, { stop, asking, clients });
    return { played, clients };
  } finally {
    stop.abort();
    clearInterval(telling);
    await acks.close();
  }
}

/** Nothing goes wrong before all are in the yard: a run of seconds should not be one long start. */
async function startAll({ agents, timeline }: World): Promise<void> {
  for (const agent of agents) agent.start();
  await waitFor(() => timeline.entered.size === agents.length, { what: 'all agents are in' });
}

interface People {
  readonly stop: AbortController;
  readonly asking: readonly Promise<void>[];
  readonly clients: readonly Client[];
}

async function makeWell(world: World, { stop, asking, clients }: People): Promise<void> {
  stop.abort();
  for (const network of world.networks.values()) network.heal();
  for (const agent of world.agents) agent.start();
  await Promise.all(asking);
  await Promise.all(clients.map((client) => client.sayGoodbye()));
  await startAnewWhoRests({ world });
}
