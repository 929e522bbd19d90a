/** What all steps of a transaction share: its parts, its limits, and how it looks at the remote. */
import { linkedAbort } from './abort.ts';
import type { Draft, HistoryKind } from './attempt.ts';
import type { Ticket } from './budget/ticket.ts';
import type { Committed, Group } from './group.ts';
import type { Head } from './head.ts';
import type { Pacing } from './pacing.ts';
import type { Ports } from './ports.ts';
import type { Snapshot } from './snapshot.ts';
import { withTries } from './tries.ts';
import type { WaitingLine } from './waiting-line.ts';

export interface Composition<Answer> extends Draft {
  /** One for each operation, in the same order. */
  readonly answers: readonly Answer[];
}

/** Turns operations into one commit's worth of edits, decided on exactly this snapshot. Called again on every new head. */
export type Compose<Operation, Answer> = (
  snapshot: Snapshot,
  operations: readonly Operation[],
) => Composition<Answer> | Promise<Composition<Answer>>;

export interface Transacting<Operation, Answer> {
  readonly head: Head;
  readonly pacing: Pacing;
  readonly ports: Ports;
  readonly compose: Compose<Operation, Answer>;
  readonly history: HistoryKind;
  readonly groupLimit: number;
  readonly ticket: Ticket;
  readonly line: WaitingLine<Operation, Committed<Answer>>;
  readonly counters: { commits: number; conflicts: number; unclear: number };
  /** Fires when the store is closed: nothing new is begun then. */
  readonly closed: AbortSignal;
}

export async function look<O, A>(context: Transacting<O, A>, group: Group<O, A>): Promise<Snapshot> {
  const before = context.ports.monotonicMs();
  const snapshot = await within(context, group, (signal) => context.head.refresh(signal));
  context.pacing.measured(context.ports.monotonicMs() - before);
  return snapshot;
}

export function pause<O, A>({ ports, closed }: Transacting<O, A>, ms: number): Promise<void> {
  return ports.sleep(ms, closed);
}

/** Until a push may be made. Whatever the members wanted is decided after that. */
export async function takeTurn<O, A>(context: Transacting<O, A>, group: Group<O, A>): Promise<void> {
  const { ticket, ports, closed } = context;
  const before = ports.monotonicMs();
  await ticket.take(closed);
  group.waited(ports.monotonicMs() - before);
}

/** Ends the work when the last member's time is over, and tries again what was not even sent. */
export async function within<O, A, T>(
  { ports, closed }: Transacting<O, A>,
  group: Group<O, A>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { deadlineMs } = group;
  const timeoutMs = deadlineMs - ports.monotonicMs();
  const late = linkedAbort(undefined, { timeoutMs, reason: () => group.overdue(), alarm: ports.alarm });
  try {
    return await withTries(() => work(late.signal), { ports, deadlineMs, signal: closed });
  } finally {
    late.release();
  }
}
