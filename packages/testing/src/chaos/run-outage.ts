/**
 * The remote is away for long while builds run and come to their end: afterwards every result must be there, once, and
 * waiting must have cost the agents neither memory nor disk. Nothing else goes wrong here.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { openYard } from '@gityard/yard';

import { temporaryFolder } from '../temporary.ts';
import { waitFor } from '../wait-for.ts';
import { auditOf } from './audit-of.ts';
import { gather } from './evidence.ts';
import { isClean, judge, type Verdict } from './judge.ts';
import { endLeftovers } from './leftovers.ts';
import { allEnded, beginBuilds, giveWord } from './outage-builds.ts';
import { currentCommit } from './report.ts';
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

export interface OutageReport {
  readonly ok: boolean;
  readonly commit: string | null;
  readonly command: string;
  readonly outageSeconds: number;
  readonly builds: number;
  /** That had come to their end before the remote was back. */
  readonly endedMeanwhile: number;
  /** Results that were there in the end, and those of them that needed no second try. */
  readonly present: number;
  readonly presentAtFirstTry: number;
  readonly secondsToLastResult: number;
  /** Of the heaviest agent: when the remote went, and at its worst until it was back. */
  readonly before: Weight;
  readonly peak: Weight;
  readonly findings: Verdict;
  readonly audit: { readonly ok: boolean };
  readonly leftovers: number;
}

const START_MS = 60_000;
const PRESENT_MS = 5 * 60_000;
const WEIGH_EVERY_MS = 2_000;
/** What waiting may cost an agent at most. */
const MOST_MORE_RESIDENT_BYTES = 96 << 20;
const MOST_MORE_HOME_BYTES = 16 << 20;

/** The folder of a run that went wrong is kept, and named. */
export async function runOutage(options: OutageOptions): Promise<OutageReport> {
  const folder = await temporaryFolder();
  let ok = false;
  try {
    const found = await liveThrough(folder.path, options);
    const leftovers = await endLeftovers(folder.path);
    ok = found.ok && leftovers === 0;
    return { ...found, ok, leftovers };
  } finally {
    if (ok) await folder.remove();
    else options.say(`what is left of the run is in ${folder.path}`);
  }
}

async function liveThrough(folder: string, options: OutageOptions): Promise<OutageReport> {
  const { seconds, agents, builds } = options;
  // A holder gives up after two thirds of its lease; the builds are to end before that, however long the outage is.
  const leaseSeconds = Math.max(60, seconds);
  const world = await makeWorld({ folder, agents, slots: Math.ceil(builds / agents), leaseSeconds });
  try {
    const lived = await away(world, options);
    await Promise.all(world.agents.map((agent) => agent.stop()));
    const audit = await auditOf(world);
    const { jobs, ...others } = await gather(world);
    const findings = judge({ jobs, ...others }, []);
    const present = jobs.filter((it) => it.status === 'succeeded');
    return {
      ok: isClean(findings) && audit.ok && present.length === builds && isLight(lived),
      commit: await currentCommit(),
      command: `npm run chaos -- --outage ${seconds} --agents ${agents} --builds ${builds}`,
      outageSeconds: seconds,
      builds,
      ...lived,
      present: present.length,
      presentAtFirstTry: present.filter((it) => it.token === 1).length,
      findings,
      audit: { ok: audit.ok },
      leftovers: 0,
    };
  } finally {
    await world.close();
  }
}

type Lived = Pick<OutageReport, 'endedMeanwhile' | 'secondsToLastResult' | 'before' | 'peak'>;

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

function isLight({ before, peak }: Pick<Lived, 'before' | 'peak'>): boolean {
  return (
    peak.residentBytes - before.residentBytes <= MOST_MORE_RESIDENT_BYTES &&
    peak.homeBytes - before.homeBytes <= MOST_MORE_HOME_BYTES
  );
}

export function outageSummary(report: OutageReport): string {
  const { before, peak } = report;
  const MB = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`;
  return [
    `${report.ok ? 'every promise held' : 'A PROMISE WAS BROKEN'}: ${report.command}`,
    `${report.endedMeanwhile} of ${report.builds} builds ended in ${report.outageSeconds} s without the remote`,
    `${report.present} results are there, ${report.presentAtFirstTry} at the first try, the last ${report.secondsToLastResult} s after it was back`,
    `the heaviest agent: ${MB(before.residentBytes)} resident before, ${MB(peak.residentBytes)} at most; its home ${MB(before.homeBytes)}, then ${MB(peak.homeBytes)}`,
    `audit: ${report.audit.ok ? 'every rule holds' : 'A RULE IS BROKEN'}`,
    ...Object.values(report.findings).flat(),
  ].join('\n');
}
