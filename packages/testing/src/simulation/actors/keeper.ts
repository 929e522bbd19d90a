/**
 * A job by the clock on a machine of its own that keeps the yard small: what is over goes into the archive, and the history is
 * cut. There are two of it, and both begin at the same moment. Knows nothing of what it must not break.
 */
import { after, elapsedMs } from '@gityard/domain';
import { compactYard } from '@gityard/yard';
import type { Life } from '../life.ts';
import { openSimulatedYard } from '../open-yard.ts';
import type { World } from '../world.ts';
import { forever } from './program.ts';

const EVERY_MS = 3 * 60_000;
/** Longer than anybody goes on asking for a thing without looking whether it is there. */
const STAYS_MS = 2 * 60_000;

export async function runKeeper(world: World, life: Life, boot: string): Promise<void> {
  const yard = world.calls.noting(openSimulatedYard(world, life, { actor: life.machine.name, boot }));
  await forever(world, life, async () => {
    await life.ports.sleep(EVERY_MS - (elapsedMs(START, yard.now()) % EVERY_MS));
    if (!world.swarm.has('compactions') || life.dice.chance(0.3)) return;
    world.swarm.count('compactions');
    await yard.refresh();
    await compactYard(yard, { now: after(yard.now(), -STAYS_MS), ports: life.ports });
  });
}

const START = '2000-01-01T00:00:00.000Z';
