/** Performs for the agents of its site what they ask for, until it dies. Elects nobody: there is one, and everybody knows where. */
import { Desk } from '@gityard/agent/relay/desk';
import type { Life } from '../life.ts';
import { openSimulatedYard } from '../open-yard.ts';
import type { World } from '../world.ts';
import { untilDone } from './program.ts';

export async function runRelay(world: World, life: Life, boot: string): Promise<void> {
  if (world.swarm.has('relay')) await openRelay(world, life, boot);
}

export async function openRelay(world: World, life: Life, boot: string): Promise<void> {
  const yard = openSimulatedYard(world, life, { actor: life.machine.name, boot, role: 'agent' });
  await untilDone(life, () => yard.refresh());
  // Beats go their own way here.
  const desk = new Desk({ yard, gather: async () => undefined, publish: async () => undefined });
  world.site.opens({ life, desk });
}
