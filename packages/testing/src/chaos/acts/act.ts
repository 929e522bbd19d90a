/** One thing that is done to a running yard. It may take a while, and is over, and undone, when it resolves. */
import { setTimeout as delay } from 'node:timers/promises';

import type { AgentProcess } from '../agent-process.ts';
import type { Person } from '../person.ts';
import type { Random } from '../random.ts';
import type { World } from '../world.ts';

export interface Scene {
  readonly world: World;
  readonly person: Person;
  /** How often this act was played before. */
  readonly turn: number;
  /** Of this act alone, so that acts that overlap do not change each other. */
  readonly random: Random;
  /** Aborted when all is to be well again. */
  readonly signal: AbortSignal;
}

export interface Act {
  readonly name: string;
  /** How often it comes, beside the others. */
  readonly weight: number;
  /** Why it cannot be done in this world. */
  readonly missing?: (world: World) => string | undefined;
  readonly play: (scene: Scene) => Promise<void>;
}

/** Somebody who runs, and to whom nothing is being done. */
export function someAgent({ world, random }: Scene): AgentProcess | undefined {
  const [first, ...others] = world.agents.filter((it) => it.isUp);
  return first && random.pick([first, ...others]);
}

/** So many seconds, or until all is to be well. */
export async function lasting({ random, signal }: Scene, least: number, most: number): Promise<void> {
  const ms = random.between(least, most) * 1000;
  await delay(ms, undefined, { signal }).catch(() => undefined);
}
