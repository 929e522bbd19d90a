/**
 * Takes a lock for some time, and gives it back under the token it got: in time, or too late. Several people use one name,
 * as scripts do that all call themselves "ci", so that a late one may meet the hold of another.
 */
import type { Person } from './person-context.ts';
import { isOfTheWorld } from './program.ts';

const EVERY_MS = 25_000;

export async function lockRound({ world, life, yard, name: person }: Person): Promise<void> {
  const { dice } = life;
  await life.ports.sleep(dice.about(EVERY_MS));
  if (world.isClosing) return;
  const name = dice.pick(['database', 'printer']);
  const holder = dice.chance(0.6) ? 'ci' : person;
  const ttlMs = dice.between(10_000, 60_000);
  const input = { name, holder, ttlMs, waitUntil: null, reason: null };
  const outcome = await world.calls.perform(yard, 'acquire', { ...input, now: yard.now() });
  if (!outcome.ok || !outcome.result.held) return;

  const { token } = outcome.result;
  await life.ports.sleep(dice.about(ttlMs));
  await world.calls.perform(yard, 'release', { name, holder, token, now: yard.now() }).catch((error: unknown) => {
    // Its time will end it.
    if (!isOfTheWorld(error)) throw error;
  });
}
