/**
 * The remote is away for long while builds run and come to their end: afterwards every result must be there, once, and
 * waiting must have cost the agents neither memory nor disk. Nothing else goes wrong here.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { openYard } from '@gityard/yard';

import { waitFor } from '../wait-for.ts';
import { auditOf } from './audit-of.ts';
import { gather } from './evidence.ts';
import { inKeptFolder } from './in-kept-folder.ts';
import { allEnded, beginBuilds, giveWord } from './outage-builds.ts';
import { type Lived, type OutageReport, outageReportOf } from './outage-report.ts';
import { heavier, type Weight, weigh } from './weigh.ts';
import { makeWorld, type World } from './world.ts';

export interface OutageOptions {
  readonly seconds: number;
  readonly agents: number;
  readonly builds: number;
  /** Brings the remote back early. */
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

const START_MS = 60_000;
const PRESENT_MS = 5 * 60_000;
const WEIGH_EVERY_MS = 2_000;

export const runOutage = (options: OutageOptions): Promise<OutageReport> =>
  inKeptFolder((folder) => liveThrough(folder, options), { keeps: false, say: options.say });

async function liveThrough(folder: string, options: OutageOptions): Promise<OutageReport> {
  const { seconds, agents, builds } = options;
  // A holder gives up after two thirds of its lease; the builds are to end before that, however long the outage is.
  const leaseSeconds = Math.max(60, seconds);
  const world = await makeWorld({ folder, agents, slots: Math.ceil(builds / agents), leaseSeconds });
  try {
    const lived = await away(world, options);
    await Promise.all(world.agents.map((agent) => agent.stop()));
    const audit = await auditOf(world);
    return await outageReportOf({ seconds, agents, builds, lived, audit, evidence: await gather(world) });
  } finally {
    await world.close();
  }
}

async function away(world: World, options: OutageOptions): Promise<Lived> {
  const { seconds, agents, builds, say } = options;
  const yard = openYard({ address: world.address, actor: 'observer' });
  try {
    for (const agent of world.agents) agent.start();
    await waitFor(() => world.timeline.entered.size === agents, { what: 'all agents are in', timeoutMs: START_MS });
    await beginBuilds(world, yard, { count: builds, longestSeconds: seconds / 3 });

    say(`${builds} builds run; the remote goes away for ${seconds} s`);
    const before = await weigh(world.agents);
    for (const network of world.networks.values()) network.setMode('reset');
    await giveWord(world);
    const peak = await heaviestMeanwhile(world, before, options);
    const { marks } = await gather(world);
    const endedMeanwhile = [...marks.values()].filter((lines) => lines.includes('ended')).length;

    say(`the remote is back; ${endedMeanwhile} builds have ended`);
    const backMs = performance.now();
    for (const network of world.networks.values()) network.heal();
    await allEnded(yard, { count: builds, limitMs: PRESENT_MS });
    const secondsToLastResult = Math.round((performance.now() - backMs) / 100) / 10;
    return { endedMeanwhile, secondsToLastResult, before, peak };
  } finally {
    await yard.close();
  }
}

async function heaviestMeanwhile({ agents }: World, before: Weight, { seconds, signal }: OutageOptions) {
  const endMs = performance.now() + seconds * 1000;
  let peak = before;
  while (performance.now() < endMs && !signal.aborted) {
    peak = heavier(peak, await weigh(agents));
    await delay(Math.max(0, Math.min(WEIGH_EVERY_MS, endMs - performance.now())));
  }
  return peak;
}
