/** Writes to somebody, and acknowledges what came. */
import { isRecipient } from '@gityard/domain';
import type { Person } from './person-context.ts';

const EVERY_MS = 40_000;

export async function messageRound(person: Person): Promise<void> {
  const { world, life } = person;
  await life.ports.sleep(life.dice.about(EVERY_MS));
  await acknowledgeAll(person);
  if (!world.isClosing) await send(person);
}

async function send({ world, life, yard, name }: Person): Promise<void> {
  const id = `${name}-${Math.floor(life.dice.random() * 1e12).toString(36)}`;
  const message = { from: name, to: life.dice.pick(['all', 'ada', 'ben']), subject: 'hello', body: id };
  const outcome = await world.calls.perform(yard, 'send', { id, message, now: yard.now() });
  if (outcome.ok) world.promises.sent(id);
}

async function acknowledgeAll({ world, yard, name }: Person): Promise<void> {
  const state = await yard.refresh();
  const open = [...state.messages].filter((it) => isRecipient(state, it, name) && it.ackedBy[name] === undefined);
  for (const { id } of open) {
    const outcome = await world.calls.perform(yard, 'acknowledge', { messageId: id, reader: name, now: yard.now() });
    if (outcome.ok) world.promises.acknowledged(id, name);
  }
}
