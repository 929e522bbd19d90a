/** A person at a machine: asks for builds, takes locks, writes and reads messages; each in a round of its own. */
import type { Life } from '../life.ts';
import { openSimulatedYard } from '../open-yard.ts';
import type { World } from '../world.ts';
import { clockRound } from './clock-round.ts';
import { lockRound } from './lock-round.ts';
import { messageRound } from './message-round.ts';
import type { Person } from './person-context.ts';
import { forever } from './program.ts';
import { resubmit, submitRound } from './submit-round.ts';

const TEAM = { actor: 'team', boot: 'team' };

export async function runPerson(world: World, life: Life, boot: string): Promise<void> {
  const { name } = life.machine;
  const writer = world.flaws.isAnonymous ? TEAM : { actor: name, boot };
  const person: Person = { world, life, name, yard: openSimulatedYard(world, life, writer) };
  const rounds = [submitRound, lockRound, clockRound, messageRound].map((round) =>
    forever(world, life, () => round(person)),
  );
  await Promise.all([...rounds, resubmit(person)]);
}
