/** How a yard is opened: where it is, which refs hold what, and as whom we write. */
import type { Ports, Transport } from '@gityard/store';
import type { Operations } from './writing/compose.ts';

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
  /** What is performed under each name: the domain's, unless a specimen with a fault is to be tried out. */
  readonly operations?: Operations;
}
