/**
 * Turns waiting operations into an attempt on one snapshot, or answers them where nothing is to be committed. Sends
 * nothing; may look at the remote, because a "no" has to be a fresh one.
 */
import assert from 'node:assert';

import { buildAttempt } from './attempt.ts';
import type { Decided, Group, Member } from './group.ts';
import type { Snapshot } from './snapshot.ts';
import { look, type Transacting } from './transacting.ts';

/** Undefined: nothing is to be sent, or not on this head. */
export async function decide<O, A>(
  context: Transacting<O, A>,
  group: Group<O, A>,
  snapshot: Snapshot,
): Promise<Decided<O, A> | undefined> {
  const members = [...group.members];
  const composed = await compose(context, snapshot, members).catch((error: unknown) => {
    blame(context, group, error);
  });
  // Somebody else's look may have moved the head while we thought.
  if (!composed || context.head.snapshot !== snapshot) return undefined;

  const { answers, attempt } = composed;
  if (!attempt) return answerWithoutCommit(context, group, { members, answers });
  const decided = { attempt, members, answers };
  group.decided(decided);
  return decided;
}

async function compose<O, A>(context: Transacting<O, A>, base: Snapshot, members: readonly Member<O, A>[]) {
  const composition = await context.compose(
    base,
    members.map((it) => it.operation),
  );
  const { edits, answers } = composition;
  assert(answers.length === members.length, `${members.length} operations got ${answers.length} answers`);
  if (edits.length === 0) return { answers };

  const { head, history, ports } = context;
  return { answers, attempt: buildAttempt(composition, { base, history, wallMs: ports.wallMs(), quick: head.quick }) };
}

/** A "no" must be true of a head that was the head after the question; an old one may say no by mistake. */
async function answerWithoutCommit<O, A>(
  context: Transacting<O, A>,
  group: Group<O, A>,
  { members, answers }: Omit<Decided<O, A>, 'attempt'>,
): Promise<undefined> {
  const isTrue = members.every((it) => context.head.isConfirmedSince(it.arrivedAt));
  if (isTrue) group.answer({ members, answers }, null);
  else await look(context, group);
}

/** One operation that cannot be composed must not sink the others, so they try again one by one. */
function blame<O, A>({ line }: Transacting<O, A>, group: Group<O, A>, error: unknown): void {
  const members = group.giveUp();
  for (const member of members) {
    if (members.length === 1) member.reject(error);
    member.alone = true;
  }
  if (members.length > 1) line.add(...members);
}
