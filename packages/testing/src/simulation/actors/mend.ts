/** Puts back what a person's hand broke. */
import { judgeBroken } from '@gityard/yard';
import { type Agent, pollMs } from './agent-context.ts';

export async function mend({ yard, life }: Agent): Promise<void> {
  const makeId = () => `told-${yard.actor}-${Math.floor(life.dice.random() * 1e12)}`;
  const turn = () => life.ports.sleep(life.dice.between(0, 3_000));
  await judgeBroken(yard, { now: yard.now(), turn, makeId });
  await life.ports.sleep(2 * pollMs(yard.state.yard));
}
