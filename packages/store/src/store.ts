/**
 * One ref of a remote as a database: read snapshots, perform operations. What an operation means is the caller's; the
 * store sees to it that each is decided on the head and committed once, whoever else writes.
 */
import type { Draft, HistoryKind } from './attempt.ts';
import { PushBudget } from './budget/push-budget.ts';
import { Ticket } from './budget/ticket.ts';
import { createRef } from './create-ref.ts';
import type { Committed } from './group.ts';
import { Head, type MoveListener } from './head.ts';
import type { LocalObjects } from './local/local-objects.ts';
import { Pacing } from './pacing.ts';
import { type Ports, systemPorts } from './ports.ts';
import { replaceHead } from './replace-head.ts';
import type { Snapshot } from './snapshot.ts';
import type { PredecessorOf } from './succession.ts';
import type { Compose } from './transacting.ts';
import { type PerformOptions, Transactor } from './transactor.ts';
import type { Transport } from './transports/transport.ts';

export interface StoreOptions<Operation, Answer> {
  readonly transport: Transport;
  readonly ref: string;
  readonly compose: Compose<Operation, Answer>;
  /** "none": each commit has no parent and replaces the one before, so that the ref never grows. */
  readonly history?: HistoryKind | undefined;
  /** Tells a history that was cut, and goes on elsewhere, from one that somebody rewrote. Without it both are refused. */
  readonly predecessorOf?: PredecessorOf | undefined;
  /** How many operations may share a commit. */
  readonly groupLimit?: number | undefined;
  /** For each operation, from its arrival to its answer. */
  readonly deadlineMs?: number | undefined;
  readonly ports?: Ports | undefined;
  /** A copy on this machine's disk: to start from, and to know a rewritten history by. Closed by whoever opened it. */
  readonly local?: LocalObjects | undefined;
  /** Shared by all stores of one remote; without it everybody pushes at will. */
  readonly budget?: PushBudget | undefined;
}

export interface StoreCounters {
  readonly commits: number;
  /** Pushes that somebody else was faster than. */
  readonly conflicts: number;
  /** Pushes that got no answer to be trusted. */
  readonly unclear: number;
  readonly pushes: number;
  readonly fetches: number;
  readonly requests: number;
}

export interface Store<Operation, Answer> {
  readonly ref: string;
  /** Last one seen, without a request; undefined before the first refresh. */
  readonly snapshot: Snapshot | undefined;
  /** Asks the remote for the head and fetches what is new. Throws BRANCH_MISSING; never makes the ref. */
  refresh(signal?: AbortSignal): Promise<Snapshot>;
  /** Decided on the head, answered once its commit is the head, or at once if it needs none. */
  perform(operation: Operation, options?: PerformOptions): Promise<Committed<Answer>>;
  /** Makes the ref with a first commit; CONFLICT when it exists. */
  create(draft: Draft): Promise<Snapshot>;
  /** Begins the history anew with these files and edits, while that snapshot is the head. CONFLICT when it is not. */
  replace(base: Snapshot, draft: Draft): Promise<Snapshot>;
  /** Called whenever the known head changes. Returns what ends it. */
  onMove(listener: MoveListener): () => void;
  readonly counters: StoreCounters;
  /** Waits for the commit under way and rejects what has not begun. The transport stays open: others may use it. */
  close(): Promise<void>;
}

export function openStore<Operation, Answer>(options: StoreOptions<Operation, Answer>): Store<Operation, Answer> {
  const {
    transport,
    ref,
    compose,
    history = 'kept',
    predecessorOf,
    groupLimit = 100,
    deadlineMs = 60_000,
    ports = systemPorts,
    local,
    budget = new PushBudget({ ports }),
  } = options;
  const head = new Head({ transport, ref, history, ports, local, predecessorOf });
  const counters = { commits: 0, conflicts: 0, unclear: 0 };
  const ticketFor = (urgency: () => number) => new Ticket({ budget, transport, urgency });
  const context = { head, history, ports, deadlineMs, counters, compose, groupLimit, pacing: new Pacing(ports) };
  const transactor = new Transactor<Operation, Answer>({ ...context, ticketFor });

  return {
    ref,
    get snapshot() {
      return head.snapshot;
    },
    refresh: (signal) => head.refresh(signal),
    perform: (operation, performing = {}) => transactor.perform(operation, performing),
    create: (draft) => createRef({ ...context, ticket: ticketFor(() => 0) }, draft),
    replace: (base, draft) => replaceHead({ ...context, ticket: ticketFor(() => 0) }, base, draft),
    onMove: (listener) => head.onMove(listener),
    get counters() {
      const { pushes, fetches } = head.counters;
      return { ...counters, pushes, fetches, requests: pushes + fetches };
    },
    async close() {
      await transactor.close();
      head.close();
    },
  };
}
