/** What every loop of one agent shares. Made once by `run-agent.ts`; loops talk through the yard, the board and the bell. */
import type { Cause } from '@gityard/domain';
import type { Spool, Yard } from '@gityard/yard';
import type { Bell } from './bell.ts';
import type { AgentEvent, JobEndStatus } from './events.ts';
import type { Processes } from './home/processes.ts';
import type { Lease } from './lease.ts';
import type { AgentMetrics } from './metrics/agent-metrics.ts';
import type { AgentExit, AgentOptions } from './options.ts';
import type { Policy } from './policy.ts';
import type { Member } from './relay/join-site.ts';
import type { RoundTrip } from './round-trip.ts';
import type { StatusBoard } from './status-board.ts';
import type { Storage } from './storage.ts';
import type { Trust } from './trust/own-trust.ts';
import type { PrivateKey } from './trust/private-key.ts';
import type { Changing } from './update/changing.ts';

export interface Self {
  readonly id: string;
  /** Nonce of this life. */
  readonly boot: string;
  readonly host: string;
  readonly pid: number;
  readonly home: string;
}

export interface JobEnd {
  readonly job: string;
  readonly status: JobEndStatus;
  readonly text: string;
  /** Of one that failed, where that is known. */
  readonly cause?: Cause | null;
  /** Why its result is kept. */
  readonly error?: 'NEWER_SCHEMA' | 'REMOTE_UNREACHABLE';
}

export interface AgentContext {
  readonly self: Self;
  readonly options: AgentOptions;
  readonly yard: Yard;
  /** What was accepted on this machine and is not committed yet. */
  readonly spool: Spool;
  readonly board: StatusBoard;
  readonly storage: Storage;
  /** Rings when the state or the heartbeats moved, a beat was acknowledged, or we were told to stop. */
  readonly bell: Bell;
  /** Where somebody wants to have them. */
  readonly metrics: AgentMetrics | undefined;
  readonly lease: Lease;
  readonly roundTrip: RoundTrip;
  /** Where the agents of a site share a relay. */
  readonly relaying: Member | undefined;
  /** Jobs of this life by job and token, until nothing is owed for them any more. */
  readonly running: Map<string, Promise<JobEnd>>;
  /** The programs of its builds, noted down for a next life. */
  readonly processes: Processes;
  /** By which it is known, and with which it signs what it built. */
  readonly key: PrivateKey;
  /** What may run here, as it was last read. */
  policy: Policy;
  /** Whose signatures count here, read together with it. */
  trust: Trust;
  /** Where another program may take the place of this one. */
  readonly changing: Changing | undefined;
  /** No new claims. */
  readonly drain: AbortSignal;
  /** Builds are to stop now. */
  readonly cancel: AbortSignal;
  /** Not even the answers of the remote are waited for any more. */
  readonly giveUp: AbortSignal;
  emit(event: AgentEvent): void;
  /** Ends the daemon for a reason that lies in the yard; the first reason stands. */
  end(exit: AgentExit): void;
}
