/**
 * What this machine keeps for a yard while its remote is away: where it is, and what becomes of a wish that cannot be sent.
 * Accepted is not committed, and every text says which of the two it speaks of.
 */
import {
  emptyState,
  type InputOf,
  MAY_WAIT,
  OPERATIONS,
  type OperationName,
  type Refused,
  validate,
} from '@gityard/domain';
import {
  isThere,
  mayComeBack,
  type Operation,
  openSpool,
  type Spool,
  type SpoolPlace,
  spoolPlace,
  type Yard,
} from '@gityard/yard';
import { type Answer, answer } from '../command.ts';
import type { Context } from '../context.ts';
import { failureOf } from '../failure-of.ts';
import { namesOf } from '../start/settings.ts';
import { homePath } from '../start/user-config.ts';
import { good, line } from '../text/lines.ts';

export async function placeOfSpool(context: Context): Promise<SpoolPlace> {
  const [{ address }, refs] = await Promise.all([context.yardAddress(), context.refs()]);
  return spoolPlace(homePath(context.io.env), { address, refs: namesOf(refs) });
}

export async function spoolAt(context: Context, place: SpoolPlace): Promise<Spool> {
  const { id: identity } = await context.identity();
  return openSpool({ place, identity, onDamage: (text) => context.note(`gityard: ${text}`) });
}

/** The yard, or why it cannot be reached now, where what is asked for may be kept here until it can. */
export type Reached = { readonly yard: Yard } | { readonly yard: undefined; readonly away: Error };

export async function reach(context: Context, name: OperationName): Promise<Reached> {
  try {
    return { yard: await context.yard() };
  } catch (error) {
    if (!maySpool(context, name, error)) throw error;
    return { yard: undefined, away: error };
  }
}

export function maySpool({ flags }: Context, name: OperationName, error: unknown): error is Error {
  return MAY_WAIT[name] && !flags.dryRun && !flags.noSpool && mayComeBack(error);
}

/** Without the state nobody can tell what the beginning of an id is the beginning of. */
export function wholeId(word: string, away: Error): string {
  if (/^[0-9a-z]{26}$/.test(word)) return word;
  throw away;
}

export async function acceptHere(context: Context, operation: Operation, away: Error): Promise<Answer | Refused> {
  const broken = brokenInput(operation);
  if (broken) return broken;
  const spool = await spoolAt(context, await placeOfSpool(context));
  await spool.accept([{ operation }], { because: failureOf(away).message });
  const id = idIn(operation);
  return answer({ id, accepted: true, commit: null }, () => [
    line(operation.name, ' ', good(id), ' is accepted; it is committed when the remote answers (gityard spool list)'),
  ]);
}

/** What is wrong with it whatever the state is; the rest is decided when it is committed. */
function brokenInput({ name, input }: Operation): Refused | undefined {
  const config = validate('yard', {});
  if (!config.ok) return undefined;
  const decide = OPERATIONS[name] as (state: ReturnType<typeof emptyState>, input: unknown) => Refused | { ok: true };
  const decision = decide(emptyState(config.value), input);
  return !decision.ok && decision.code === 'INVALID_DATA' ? decision : undefined;
}

function idIn({ input }: Operation): string {
  const { id, jobId, messageId } = input as Partial<InputOf<'submit'> & InputOf<'cancel'> & InputOf<'read'>>;
  return id ?? jobId ?? messageId ?? '';
}

/** How many operations, for this yard. */
export async function waitingHere(context: Context): Promise<number> {
  const place = await placeOfSpool(context);
  return (await isThere(place)) ? (await spoolAt(context, place)).count() : 0;
}
