/** Asks for a build now and then. The wish is on the disk before it is uttered, and stays there until it was heard. */
import type { InputOf } from '@gityard/domain';
import { findArchived } from '@gityard/yard';
import type { Person } from './person-context.ts';
import { untilDone } from './program.ts';

type Wish = InputOf<'submit'>;
const EVERY_MS = 30_000;
const FOLDER = 'wishes/';
const LATER_MS = 20_000;

export async function submitRound(person: Person): Promise<void> {
  const { world, life } = person;
  await life.ports.sleep(life.dice.about(EVERY_MS));
  if (world.isClosing) return;
  await submit(person, wishOf(person));
}

export async function submit(person: Person, wish: Wish): Promise<void> {
  const { life } = person;
  await untilDone(life, () => life.machine.disk.write(life, FOLDER + wish.id, wish));
  await utter(person, wish);
}

/** What the last life may not have brought through. */
export async function resubmit(person: Person): Promise<void> {
  const { disk } = person.life.machine;
  for (const path of disk.list(FOLDER)) {
    const wish = disk.read<Wish>(path);
    if (wish) await utter(person, wish);
  }
}

async function utter({ world, life, yard }: Person, wish: Wish): Promise<void> {
  // A wish of long ago may have been fulfilled since, and be in the archive: there nobody knows its id any more.
  const ask = () =>
    untilDone(life, async () => {
      await yard.refresh();
      return findArchived(yard, 'job', wish.id).ok ? undefined : world.calls.perform(yard, 'submit', wish);
    });
  let outcome = await ask();
  while (outcome && !outcome.ok && outcome.code !== 'DUPLICATE_ID') {
    // A file that somebody broke: it will be mended.
    await life.ports.sleep(LATER_MS);
    outcome = await ask();
  }
  world.promises.heard(wish.id);
  await untilDone(life, () => life.machine.disk.remove(life, FOLDER + wish.id));
}

function wishOf({ life, yard, name }: Person): Wish {
  const { dice } = life;
  const id = `${name}-${Math.floor(dice.random() * 1e12).toString(36)}`;
  const job = {
    command: ['build'],
    retries: dice.chance(0.5) ? 1 : 0,
    priority: Math.ceil(dice.between(0, 10)),
    ...(dice.chance(0.15) ? { locks: ['device'] } : {}),
    ...(dice.chance(0.15) ? { group: 'deploy' } : {}),
  };
  return { id, job, by: name, now: yard.now() };
}
