/** Sets the stage: who is there, on what machines, and what is going to go wrong. */

import type { Dice } from '@gityard/demo';
import { Timeline } from '@gityard/demo';
import { createYard } from '@gityard/yard';
import { runAgent } from './actors/agent.ts';
import { runKeeper } from './actors/keeper.ts';
import { runPerson } from './actors/person.ts';
import { runRelay } from './actors/relay.ts';
import { Calls } from './calls.ts';
import { Host } from './host.ts';
import { Life } from './life.ts';
import { Machine } from './machine.ts';
import { Promises } from './promises.ts';
import { PushWatch } from './push-watch.ts';
import { Repository } from './repository.ts';
import type { Simulation } from './simulation.ts';
import { Site } from './site.ts';
import { Swarm, swarmOf } from './swarm.ts';
import { Violations } from './violations.ts';
import { Weather } from './weather.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;
const BUILD_MS = 25_000;
const PEOPLE = ['ada', 'ben'];
const KEEPERS = ['keeper1', 'keeper2'];
const RELAY = 'relay';
const SETTINGS = {
  heartbeat: { intervalSeconds: 15 },
  lease: { seconds: 60 },
  poll: { seconds: 3 },
  /** Whoever tidies up says how old what he tidies up has to be. */
  retention: {
    finishedJobsDays: 0,
    messagesDays: 0,
    archiveDays: 90,
    metricsFiles: 2,
    logsPerAgent: 200,
    rollbackPoints: 20,
    artifactBuilds: 5,
    artifactDays: 7,
  },
};

export function worldOf({ flaws = {}, faults, agents }: Simulation, dice: Dice): World {
  const timeline = new Timeline();
  const repository = new Repository();
  const swarm = new Swarm(faults ?? swarmOf(dice.fork('swarm')), dice.fork('faults'));
  const violations = new Violations(() => timeline.nowMs);
  const machines = [...agentsOf(dice, agents), ...PEOPLE, ...KEEPERS, RELAY];
  return {
    timeline,
    dice,
    repository,
    swarm,
    flaws,
    weather: new Weather({ timeline, repository, swarm, machines, dice: dice.fork('weather') }),
    pushes: new PushWatch(swarm.has('scarce-pushes') ? pushesOf(dice, agents) : null, violations),
    site: new Site(timeline, swarm),
    calls: new Calls(flaws),
    promises: new Promises(),
    violations,
    buildMs: BUILD_MS,
    isClosing: false,
  };
}

export function hostsOf(world: World, { agents }: Simulation): Host[] {
  return [
    ...agentsOf(world.dice, agents).map((name) => new Host(world, machineOf(world, name), runAgent)),
    ...PEOPLE.map((name) => new Host(world, machineOf(world, name), runPerson)),
    ...KEEPERS.map((name) => new Host(world, machineOf(world, name), runKeeper)),
    new Host(world, machineOf(world, RELAY), runRelay),
  ];
}

export function machineOf({ timeline, swarm, dice, flaws }: World, name: string): Machine {
  const own = dice.fork(`clock of ${name}`);
  const clock = {
    rate: swarm.has('drift') ? own.between(0.9, 1.1) : 1,
    aheadMs: swarm.has('skew') ? own.between(-10, 10) * MINUTE_MS : 0,
  };
  return new Machine(name, { timeline, clock, dice: dice.fork(`disk of ${name}`), liesAboutSync: flaws.liesAboutSync });
}

/** Before anybody comes, and before anything goes wrong. */
export async function beginYard(world: World): Promise<void> {
  const { ports } = new Life(machineOf(world, 'founder'), world.dice.fork('founder'));
  const config = { ...SETTINGS, push: { perMinute: world.pushes.perMinute } };
  await createYard({ address: world.repository.transport, actor: 'founder', config, ports });
  await world.repository.onLanded();
}

/** For all together. With fewer the hearts of these agents, which bring nothing but beats, would not be heard in time. */
const pushesOf = (dice: Dice, agents?: number): number =>
  Math.round(agentsOf(dice, agents).length * dice.fork('pushes').between(8, 12));

function agentsOf(dice: Dice, agents = Math.floor(dice.fork('agents').between(3, 7))): string[] {
  return Array.from({ length: agents }, (_, index) => `build${index + 1}`);
}
