/** The production yard, on the clock and over the network of a simulated process. */
import { openYard, type SharedRemote, type Yard } from '@gityard/yard';
import { Connection } from './connection.ts';
import type { Life } from './life.ts';
import type { World } from './world.ts';

const DEADLINE_MS = 30_000;

export interface Writer {
  readonly actor: string;
  readonly boot: string;
  /** An agent keeps to the push budget. */
  readonly role?: 'agent';
  /** Of another yard of the same process. */
  readonly shared?: SharedRemote;
}

export function openSimulatedYard(world: World, life: Life, writer: Writer): Yard {
  const { operations, transport } = world.flaws;
  if (writer.role === 'agent') world.pushes.watch(life);
  const connection = new Connection(world, life);
  const address = transport?.(connection, life) ?? connection;
  return openYard({
    ...writer,
    address,
    ports: life.ports,
    deadlineMs: DEADLINE_MS,
    ...(operations && { operations }),
  });
}
