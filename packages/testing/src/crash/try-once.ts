/**
 * One run of a use case with one mishap in it. The process that died begins again on the same disk, until all is done; then
 * the history, every answer and the model have to agree.
 */
import { Dice } from '@gityard/demo';
import type { Judge } from '../simulation/judge.ts';
import { Life } from '../simulation/life.ts';
import { beginYard, machineOf, worldOf } from '../simulation/make-world.ts';
import { Site } from '../simulation/site.ts';
import { Trace } from '../simulation/trace.ts';
import { replayed } from '../simulation/verdict.ts';
import { watched } from '../simulation/watched.ts';
import type { World } from '../simulation/world.ts';
import { type Mishap, OneFault } from './mishap.ts';
import type { UseCase } from './use-case.ts';

export interface Tried {
  /** All steps of the first life, in their order. */
  readonly steps: readonly string[];
  readonly writes: number;
  /** How often each fault could have struck. */
  readonly chances: OneFault['chances'];
  readonly problems: readonly string[];
}

const RESTART_MS = 5_000;
const AFTERWARDS_MS = 20_000;
const LONGEST_MS = 20 * 60_000;
const BUILD_MS = 2_000;

export async function tryOnce(useCase: UseCase, mishap: Mishap): Promise<Tried> {
  const swarm = new OneFault(mishap);
  const quiet = worldOf({ seed: 1, faults: [], agents: 1 }, new Dice(useCase.name));
  const world: World = { ...quiet, swarm, site: new Site(quiet.timeline, swarm), buildMs: BUILD_MS };
  const judge = watched(world, new Trace());
  if (useCase.beginsWithout !== 'yard') await beginYard(world);
  await useCase.prepare?.(world);

  const { steps, writes } = await liveThrough(useCase, { world, judge, mishap });
  return { steps, writes, chances: swarm.chances, problems: await problemsOf(useCase, world, judge) };
}

interface Scene {
  readonly world: World;
  readonly judge: Judge;
  readonly mishap: Mishap;
}

async function liveThrough(useCase: UseCase, { world, judge, mishap }: Scene) {
  const { timeline, violations } = world;
  const machine = machineOf(world, 'build1');
  const steps: string[] = [];
  let writes = 0;
  if (mishap.kind === 'ENOSPC' || mishap.kind === 'EIO')
    machine.disk.trouble = () => (writes++ === mishap.at ? mishap.kind : undefined);
  else machine.disk.trouble = () => void writes++;
  const begin = (number: number) => {
    const life = new Life(machine, world.dice.fork(`life ${number}`), (step) => {
      if (number > 1) return;
      steps.push(step);
      if (mishap.kind !== 'kill' || steps.length - 1 !== mishap.at) return;
      life.kill();
      timeline.alarm(RESTART_MS, () => begin(2));
    });
    useCase
      .live(world, life, `boot-${number}`)
      .catch((error: unknown) => violations.add('no-bug', `${(error as Error).stack}`));
  };
  begin(1);
  const isDone = () => useCase.isDone(world, judge.audit.state);
  await timeline.runUntil(isDone, { untilMs: timeline.nowMs + LONGEST_MS });
  // What was done must stay so, also when whoever did it has not heard of it yet and is killed now.
  await timeline.runUntil(() => false, { untilMs: timeline.nowMs + AFTERWARDS_MS });
  return { steps, writes };
}

async function problemsOf(useCase: UseCase, world: World, { audit }: Judge): Promise<string[]> {
  const { state } = audit;
  const found = world.violations.list.map(({ rule, text }) => `${rule}: ${text}`);
  if (!state || !useCase.isDone(world, state)) return [...found, 'it was not done in the end'];
  const replay = await replayed(world);
  return [...found, ...useCase.judge(world, state), ...(replay ? [replay] : [])];
}
