/**
 * A build server in one life: what the agent of the product does, on simulated clocks, with builds that are nothing but
 * time. Its lease, its spool and its eye for the silence of others are the product's own; its loops follow the product's step by step.
 */
import { Lease } from '@gityard/agent/lease';
import { Bell } from '../bell.ts';
import type { Life } from '../life.ts';
import { openSimulatedYard } from '../open-yard.ts';
import type { World } from '../world.ts';
import { type Agent, pollMs } from './agent-context.ts';
import { beat } from './beat.ts';
import { memberYard } from './member.ts';
import { mend } from './mend.ts';
import { forever, untilDone } from './program.ts';
import { reap } from './reap.ts';
import { register } from './register.ts';
import { handInResults, openResults } from './results.ts';
import { work } from './work.ts';

export async function runAgent(world: World, life: Life, boot: string): Promise<void> {
  const spool = await untilDone(life, () => openResults(life));
  const agent = agentOf(world, life, { boot, spool });
  await untilDone(life, () => agent.yard.refresh());
  await register(agent);
  const loops = [beat, watch, reap, mend, work, handInResults];
  await Promise.all(loops.map((loop) => forever(world, life, () => loop(agent))));
}

function agentOf(world: World, life: Life, { boot, spool }: Pick<Agent, 'boot' | 'spool'>): Agent {
  const writer = { actor: life.machine.name, boot, role: 'agent' } as const;
  const bell = new Bell(life.ports);
  const own = openSimulatedYard(world, life, writer);
  const yard = world.swarm.has('relay') ? memberYard(world, life, own) : own;
  yard.onChange(() => bell.ring());
  return {
    world,
    life,
    id: life.machine.name,
    boot,
    yard,
    heart: openSimulatedYard(world, life, world.flaws.sharesNoBudget ? writer : { ...writer, shared: own.shared }),
    lease: new Lease(life.ports.monotonicMs),
    bell,
    spool,
    held: new Map(),
  };
}

async function watch({ yard, life }: Agent): Promise<void> {
  await yard.refresh();
  await life.ports.sleep(pollMs(yard.state.yard) * life.dice.between(0.9, 1.1));
}
