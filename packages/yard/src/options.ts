/** How a yard is opened: where it is, which refs hold what, and as whom we write. */
import type { Ports, Transport } from '@gityard/store';

export interface Refs {
  readonly state: string;
  readonly live: string;
  readonly logs: string;
}
export const DEFAULT_REFS: Refs = {
  state: 'refs/heads/yard',
  live: 'refs/heads/yard-live',
  logs: 'refs/heads/yard-logs',
};

/** What the threads of a process share of their remote. */
export interface SharedRemote {
  readonly budget: SharedArrayBuffer;
  readonly gate: SharedArrayBuffer;
}

export interface YardOptions {
  /** Path, file://, http(s):// of the repository; or a transport that is open already. */
  readonly address: string | Transport;
  /** Name of the writer in `shared/actors/`: one for each process that writes at a time. */
  readonly actor: string;
  /** Nonce of this process; made anew when not given. */
  readonly boot?: string;
  readonly refs?: Refs;
  /** Bearer token for a remote that asks for one. */
  readonly token?: string;
  readonly deadlineMs?: number;
  readonly groupLimit?: number;
  readonly ports?: Ports;
  /** Agents share the push budget of the yard among them; a person, who comes seldom, waits some seconds at most. */
  readonly role?: 'agent' | 'person';
  /** Of another yard of this process, for the same remote: then both count as one. */
  readonly shared?: SharedRemote;
  /** Told when a push has to wait for the budget. */
  readonly onPushWait?: (perMinute: number) => void;
}
