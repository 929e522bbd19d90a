/**
 * One run: a yard, agents and people on machines that fail, watched commit by commit. First everything that the seed says
 * goes wrong; then nothing does any more, and all that was begun must come to its end. The same seed is the same run:
 * `npm run soak -- --seed 1234 --verbose` shows it.
 */

import { Dice } from '@gityard/demo';
import { runEditor } from './actors/editor.ts';
import { refusedOn, waitingIn } from './actors/results.ts';
import type { Host } from './host.ts';
import type { Judge } from './judge.ts';
import { Life } from './life.ts';
import { beginYard, hostsOf, machineOf, worldOf } from './make-world.ts';
import { letThingsHappen } from './mishaps.ts';
import type { Simulation, SimulationReport } from './simulation.ts';
import { Trace } from './trace.ts';
import { brokenPromises, replayed, unfinished } from './verdict.ts';
import { watched } from './watched.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;
const HEALING_MS = 60 * MINUTE_MS;
/** Whoever has not moved for so long in a kind world never will: no pause of anybody is half as long. */
const STALLED_MS = 8 * MINUTE_MS;
/** How often somebody looks whether all is done. */
const LOOK_MS = 10_000;

export async function simulate(simulation: Simulation): Promise<SimulationReport> {
  const { seed, minutes = 10, onLine } = simulation;
  const dice = new Dice(`seed ${seed}`);
  const trace = new Trace(onLine);
  const world = worldOf(simulation, dice);
  const judge = watched(world, trace);
  await beginYard(world);
  const hosts = hostsOf(world, simulation);
  for (const host of hosts) host.start();
  void runEditor(world, new Life(machineOf(world, 'eve'), dice.fork('eve')));
  world.weather.begin(simulation);
  letThingsHappen(world, hosts, simulation);

  await pass(world, { forMs: minutes * MINUTE_MS });
  // One of hours is lived through to its end.
  await pass(world, { forMs: world.weather.outageMs });
  heal(world, hosts);
  const healedMs = world.timeline.nowMs;
  const isStalled = () => Math.min(judge.quietMs, world.timeline.nowMs - healedMs) > STALLED_MS;
  const isDone = () => isStalled() || leftOver(world, judge, hosts).length === 0;
  await pass(world, { forMs: HEALING_MS, isDone });
  if (world.violations.list.length === 0) await pronounce(world, judge, hosts);
  return reportOf(world, judge, { seed, trace: trace.digest() });
}

/** Time passes until something is found wrong, all is done, or so much of it is over. */
async function pass(world: World, { forMs, isDone }: { forMs: number; isDone?: () => boolean }): Promise<void> {
  const { timeline, violations } = world;
  const endMs = timeline.nowMs + forMs;
  const isBroken = () => violations.list.length > 0;
  while (timeline.nowMs < endMs && !isBroken() && !isDone?.())
    await timeline.runUntil(isBroken, { untilMs: Math.min(endMs, timeline.nowMs + LOOK_MS) });
}

function heal(world: World, hosts: readonly Host[]): void {
  world.swarm.end();
  world.weather.clear();
  world.isClosing = true;
  for (const host of hosts) {
    host.machine.goOn();
    host.start();
  }
}

function leftOver(world: World, { audit, files }: Judge, hosts: readonly Host[]): string[] {
  const notes = hosts.flatMap(({ machine }) =>
    [...machine.disk.list('wishes/'), ...waitingIn(machine)].map((path) => `${machine.name} still has ${path}`),
  );
  const refused = hosts.flatMap(({ machine }) => refusedOn(machine));
  return audit.state ? [...notes, ...unfinished(audit.state, world, { files, refused })] : notes;
}

async function pronounce(world: World, judge: Judge, hosts: readonly Host[]): Promise<void> {
  const { violations } = world;
  for (const text of leftOver(world, judge, hosts)) violations.add('all-ends', text);
  for (const text of judge.audit.state ? brokenPromises(judge.audit.state, world, judge.files) : [])
    violations.add('promise', text);
  const text = await replayed(world);
  if (text) violations.add('replay', text);
}

function reportOf(world: World, judge: Judge, { seed, trace }: { seed: number; trace: string }): SimulationReport {
  const { timeline, swarm, calls, violations } = world;
  const { commits, operations } = judge.audit.report();
  const acknowledged = [...calls.all.values()].filter((it) => it.ending?.kind === 'done').length;
  const { takeOvers, cuts } = judge;
  const faults = swarm.counts;
  const virtualMs = timeline.nowMs;
  return {
    seed,
    virtualMs,
    commits,
    operations,
    acknowledged,
    takeOvers,
    cuts,
    faults,
    violations: violations.list,
    trace,
  };
}
