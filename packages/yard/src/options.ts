/** How a yard is opened: where it is, which refs hold what, and as whom we write. */
import type { Versions } from '@gityard/domain';
import type { LocalTold, Ports, Transport } from '@gityard/store';
import type { Operation, Operations, Reply } from './writing/compose.ts';

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

/** Operations that were decided together, with their answers. */
export interface Performed {
  readonly operations: readonly Operation[];
  readonly answer: Reply;
  /** The state commit that holds them; null when nothing had to change. */
  readonly commit: string | null;
  /** Pushes that somebody else was faster than, while they waited. */
  readonly retries: number;
}

/** What the threads of a process share of their remote. */
export interface SharedRemote {
  readonly budget: SharedArrayBuffer;
  readonly gate: SharedArrayBuffer;
}

export interface YardOptions {
  /** Path, file://, http(s)://, ssh://, git@host:path of the repository; or a transport that is open already. */
  readonly address: string | Transport;
  /** Name of the writer in `shared/actors/`: one for each process that writes at a time. */
  readonly actor: string;
  /** Nonce of this process; made anew when not given. */
  readonly boot?: string;
  readonly refs?: Refs;
  /** Bearer token for a remote that asks for one. */
  readonly token?: string;
  /** The file of a private key, for a remote behind ssh. */
  readonly sshKey?: string;
  readonly deadlineMs?: number;
  readonly groupLimit?: number;
  readonly ports?: Ports;
  /** A folder of this program's own: there a copy of the yard is kept, to start from. Without one, everything is fetched. */
  readonly home?: string | undefined;
  /** A person says that the remote's history is the one that counts, whatever was seen of it before. */
  readonly acceptRewrite?: boolean | undefined;
  /** Hears of that copy: what is wrong with it fails nothing. */
  readonly onLocal?: ((told: LocalTold) => void) | undefined;
  /** Agents share the push budget of the yard among them; a person, who comes seldom, waits some seconds at most. */
  readonly role?: 'agent' | 'person';
  /** Of another yard of this process, for the same remote: then both count as one. */
  readonly shared?: SharedRemote;
  /** Told when a push has to wait for the budget. */
  readonly onPushWait?: (perMinute: number) => void;
  /** Told of every operation that was answered, for a log. */
  readonly onPerformed?: (performed: Performed) => void;
  /** What is performed under each name: the domain's, unless a specimen with a fault is to be tried out. */
  readonly operations?: Operations;
  /** What the program understands; only specs are of another version than this one. */
  readonly versions?: Versions;
}
