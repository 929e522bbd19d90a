/**
 * Puts a commit without parents in the place of the head: the same files, but for a few, and no history. The one act
 * that is not a commit on the head, and as safe: it happens only while the head is what the caller saw.
 */
import { type Attempt, buildAttempt, type Draft } from './attempt.ts';
import type { Creating } from './create-ref.ts';
import { asMaybeLanded, StoreError } from './errors.ts';
import { refusedPush } from './push-errors.ts';
import type { Snapshot } from './snapshot.ts';
import { answerOf, forbidsRewrites } from './transact.ts';
import { withTries } from './tries.ts';

const TRIES = 3;

/** Throws CONFLICT when the head is another by now, DENIED when the server lets nobody replace it. */
export async function replaceHead(context: Creating, base: Snapshot, draft: Draft): Promise<Snapshot> {
  const { head, ports } = context;
  const attempt = buildAttempt(draft, { base, history: 'none', wallMs: ports.wallMs(), quick: head.quick });
  try {
    return await tried(context, attempt);
  } finally {
    context.ticket.give();
  }
}

async function tried(context: Creating, attempt: Attempt): Promise<Snapshot> {
  const { head, ports, ticket } = context;
  for (let count = 1; count <= TRIES; count += 1) {
    const { signal } = new AbortController();
    const trying = { ports, signal, deadlineMs: ports.monotonicMs() + context.deadlineMs };
    await ticket.take(signal);
    const outcome = await withTries(() => head.push(attempt, { signal, send: ticket.push }), trying);
    if (!outcome) throw moved(head.ref);
    if (outcome.kind === 'unclear') {
      if (await hasLanded(context, attempt.snapshot.commit)) return attempt.snapshot;
      continue;
    }
    const answer = answerOf(outcome, head.ref);
    if (answer.ok) return attempt.snapshot;
    if (answer.sort === 'refused' || forbidsRewrites(answer)) throw refusedPush(head, answer.reason);
    await head.refresh();
    throw moved(head.ref);
  }
  throw asMaybeLanded(
    new StoreError('TIMEOUT', `replacing ${head.ref} got no answer`, {
      hint: 'check the connection to the repository',
    }),
  );
}

/** Somebody may have written on it already; then the fetch that found the head brought it. */
async function hasLanded({ head }: Creating, commit: string): Promise<boolean> {
  let seen = false;
  const listener = (commits: ReadonlyMap<string, unknown>) => {
    seen ||= commits.has(commit);
  };
  head.commitListeners.add(listener);
  try {
    return (await head.refresh()).commit === commit || seen;
  } finally {
    head.commitListeners.delete(listener);
  }
}

function moved(ref: string): StoreError {
  return new StoreError('CONFLICT', `${ref} moved while it was to be replaced`, { hint: 'try again' });
}
