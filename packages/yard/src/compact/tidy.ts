/** Puts into the archive what is over, and lets go what has lain there long enough, a bounded number in each commit. */
import { applyChanges, OPERATIONS, type OperationName, type Refused, type State } from '@gityard/domain';
import type { Yard } from '../yard.ts';

export interface Tidied {
  readonly jobs: number;
  readonly messages: number;
  /** Files that left the archive. */
  readonly pruned: number;
}

const NOTHING: Tidied = { jobs: 0, messages: 0, pruned: 0 };

export interface Tidying {
  readonly now: string;
  /** Of a person, for the history. */
  readonly reason?: string | null;
  /** Waits for its turn before each commit, so that the agents of a yard do not all do the same. */
  readonly turn?: (operation: OperationName) => Promise<void>;
}

/** Throws StoreError. A refusal is that of a yard which belongs to a newer program, or whose files are broken. */
export async function tidy(yard: Yard, options: Tidying): Promise<Tidied | Refused> {
  let tidied = NOTHING;
  for (const step of [archive, prune]) {
    for (let done = await step(yard, options); done; done = await step(yard, options)) {
      if ('ok' in done) return done;
      tidied = sum(tidied, done);
    }
  }
  return tidied;
}

async function archive(yard: Yard, { now, reason = null, turn }: Tidying): Promise<Tidied | Refused | undefined> {
  // Asked of the last state seen, because nearly always there is nothing to do and nothing to be sent.
  if (!yard.foretell('archive', { now }).ok) return undefined;
  await turn?.('archive');
  const done = await yard.perform('archive', { now }, { reason });
  if (!done.ok) return refusalOf(done);
  return { jobs: done.result.jobs.length, messages: done.result.messages.length, pruned: 0 };
}

async function prune(yard: Yard, { now, reason = null, turn }: Tidying): Promise<Tidied | Refused | undefined> {
  if (!yard.foretell('prune', { now }).ok) return undefined;
  await turn?.('prune');
  const done = await yard.perform('prune', { now }, { reason });
  return done.ok ? { jobs: 0, messages: 0, pruned: done.result.files } : refusalOf(done);
}

/** What it would come to on that state. Nothing is sent. */
export function foretellTidy(state: State, now: string): Tidied {
  let [tidied, left] = [NOTHING, state];
  for (let it = OPERATIONS.archive(left, { now }); it.ok; it = OPERATIONS.archive(left, { now })) {
    tidied = sum(tidied, { ...NOTHING, jobs: it.result.jobs.length, messages: it.result.messages.length });
    left = applyChanges(left, it.changes);
  }
  for (let it = OPERATIONS.prune(left, { now }); it.ok; it = OPERATIONS.prune(left, { now })) {
    tidied = sum(tidied, { ...NOTHING, pruned: it.result.files });
    left = applyChanges(left, it.changes);
  }
  return tidied;
}

/** Somebody else did it meanwhile: then it is done. */
const refusalOf = (refused: Refused): Refused | undefined => (refused.code === 'NOTHING_TO_DO' ? undefined : refused);

const sum = (a: Tidied, b: Tidied): Tidied => ({
  jobs: a.jobs + b.jobs,
  messages: a.messages + b.messages,
  pruned: a.pruned + b.pruned,
});
