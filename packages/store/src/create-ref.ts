/** Makes a ref with its first commit, if and only if there is none. The one place that ever makes one. */
import { type Attempt, buildAttempt, type Draft, type HistoryKind } from './attempt.ts';
import type { Ticket } from './budget/ticket.ts';
import type { Oid } from './codec/oid.ts';
import { asMaybeLanded, StoreError } from './errors.ts';
import type { CommitListener, Head } from './head.ts';
import type { Ports } from './ports.ts';
import { refusedPush } from './push-errors.ts';
import type { Snapshot } from './snapshot.ts';
import { answerOf } from './transact.ts';
import { withTries } from './tries.ts';

export interface Creating {
  readonly head: Head;
  readonly ticket: Ticket;
  readonly history: HistoryKind;
  readonly ports: Ports;
  readonly deadlineMs: number;
}

const TRIES = 3;

export async function createRef(context: Creating, draft: Draft): Promise<Snapshot> {
  const { head, history, ports } = context;
  const attempt = buildAttempt(draft, { base: undefined, history, wallMs: ports.wallMs(), quick: head.quick });
  try {
    return await tried(context, attempt);
  } finally {
    context.ticket.give();
  }
}

async function tried(context: Creating, attempt: Attempt): Promise<Snapshot> {
  const { head } = context;
  let unclear = false;
  for (let count = 1; count <= TRIES; count += 1) {
    const sort = await send(context, attempt);
    if (sort === 'accepted') return head.snapshot ?? attempt.snapshot;

    unclear ||= sort === 'unclear';
    const found = await find(head, attempt);
    // Only an attempt without an answer may be recognised; anybody could have made the same first commit.
    if (unclear && found?.isOurs) return found.snapshot;
    if (found || sort === 'conflict') throw exists(head.ref);
  }
  throw asMaybeLanded(
    new StoreError('TIMEOUT', `making ${head.ref} got no answer`, { hint: 'check the connection to the repository' }),
  );
}

async function send(
  { head, ticket, ports, deadlineMs }: Creating,
  attempt: Attempt,
): Promise<'accepted' | 'conflict' | 'unclear'> {
  const { signal } = new AbortController();
  await ticket.take(signal);
  const trying = { ports, signal, deadlineMs: ports.monotonicMs() + deadlineMs };
  const outcome = await withTries(() => head.push(attempt, { signal, send: ticket.push }), trying);
  if (!outcome) return 'conflict';
  if (outcome.kind === 'unclear') return 'unclear';

  const answer = answerOf(outcome, head.ref);
  if (answer.ok) return 'accepted';
  if (answer.sort === 'refused') throw refusedPush(head, answer.reason);
  return 'conflict';
}

async function find(head: Head, attempt: Attempt): Promise<{ snapshot: Snapshot; isOurs: boolean } | undefined> {
  let name: Oid | undefined;
  const listener: CommitListener = (commits) => {
    name = head.nameAmong(commits, attempt);
  };
  head.commitListeners.add(listener);
  try {
    const snapshot = await head.refresh();
    return { snapshot, isOurs: snapshot.commit === name };
  } catch (error) {
    if (error instanceof StoreError && error.code === 'BRANCH_MISSING') return undefined;
    throw error;
  } finally {
    head.commitListeners.delete(listener);
  }
}

function exists(ref: string): StoreError {
  return new StoreError('CONFLICT', `${ref} exists already`, { hint: 'use it as it is, or choose another name' });
}
