/**
 * What each command means to a person: its words, what already stands in its fields, and what must still hold when it is done.
 * Pure: worked out of the snapshot that the person has before their eyes.
 */
import type { CommandWish, ReadModel, Time } from '@gityard/domain';
import { isHeld } from '../rows.ts';
import { jobIn } from './act-facts.ts';
import { type Field, type Parts, partsOf } from './act-parts.ts';
import type { CommandAsked } from './wish.ts';

export interface Act extends Parts {
  readonly if: Readonly<Record<string, string>>;
}

export function actOf(wish: CommandAsked, model: ReadModel, now: Time): Act {
  const parts = partsOf(wish, model, now);
  const fields = parts.fields.map((field) => filled(field, wish.args?.[field.name]));
  return { ...parts, fields, if: { ...expectedOf(wish, model), ...wish.if } };
}

/** What the page has said already stands in the field. */
function filled(field: Field, said: unknown): Field {
  if (said === undefined || said === null) return field;
  const value = `${said}`;
  const { choices } = field;
  if (choices === undefined || choices.some(([choice]) => choice === value)) return { ...field, value };
  return { ...field, value, choices: [...choices, [value, value]] };
}

/** What the person saw when they decided. If it is no longer so, whoever carries it out refuses, and says why. */
function expectedOf({ op, target }: CommandAsked, model: ReadModel): Readonly<Record<string, string>> {
  const job = jobIn(model, target);
  if (op === 'break-lock') {
    const lock = model.locks.find(({ name }) => name === target);
    return lock === undefined ? {} : { token: `${lock.token}` };
  }
  // A claimed job becomes a running one at any moment; its token says that it is the same holder still.
  if (op === 'cancel' && job !== undefined) return isHeld(job) ? { token: `${job.token}` } : { status: job.status };
  if (op === 'retry' && job !== undefined) return { status: job.status };
  return {};
}

/** The words of a wish as the inbox has them. */
export const commandOf = (
  { op, target, args }: CommandAsked,
  { if: expected }: Act,
  given: Readonly<Record<string, unknown>>,
): CommandWish => ({ op, target, args: { ...args, ...given }, if: { ...expected } });
