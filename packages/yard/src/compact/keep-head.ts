/**
 * Lets the ref of an epoch name its last commit, before the branch forgets it. Moves only forward: a ref that an earlier
 * run left behind names an older commit of the same line, and any other is not ours to move.
 */
import { type HistoryCommit, type PushOutcome, StoreError, type Transport } from '@gityard/store';

export interface Keeping {
  readonly ref: string;
  readonly head: string;
  /** The commits that lead to it. */
  readonly line: readonly HistoryCommit[];
}

/** Throws CONFLICT when somebody else was faster, DENIED when the server refuses. */
export async function keepHead(transport: Transport, { ref, head, line }: Keeping): Promise<void> {
  const expected = (await transport.readRefs([ref])).get(ref) ?? null;
  if (expected === head) return;
  if (expected !== null && !line.some((it) => it.oid === expected)) throw taken(ref);
  const outcome = await transport.push({ updates: [{ ref, expected, next: head }], objects: [] });
  if (outcome.kind === 'unclear') {
    if ((await transport.readRefs([ref])).get(ref) === head) return;
    throw unansweredPush(transport, outcome);
  }
  const answer = outcome.refs.get(ref);
  if (answer?.ok) return;
  if (answer?.sort === 'conflict')
    throw new StoreError('CONFLICT', `${ref} was moved by somebody else`, { hint: 'try again' });
  throw new StoreError(
    'DENIED',
    `${transport.name} refused to make ${ref}: ${answer?.reason ?? 'it did not say why'}`,
    {
      hint: 'allow refs under refs/gityard/ on the server; nothing was changed',
    },
  );
}

/** Whatever broke, to the caller it is the world that did. */
export function unansweredPush({ name }: Transport, { cause }: PushOutcome & { kind: 'unclear' }): StoreError {
  if (cause instanceof StoreError) return cause;
  const message = `${name} did not answer to a push: ${cause.message}`;
  return new StoreError('TIMEOUT', message, {
    hint: 'try again: what has arrived is kept',
    mayHaveLanded: true,
    cause,
  });
}

function taken(ref: string): StoreError {
  return new StoreError('REMOTE_INVALID', `${ref} is there, and is no part of this history`, {
    hint: `look at it with git log, keep it under another name, and remove it; then try again`,
  });
}
