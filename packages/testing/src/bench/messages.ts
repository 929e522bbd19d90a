/** What the bench says to its writers and its server, and what they answer. All of it travels between processes. */
import type { CpuTime } from './cpu.ts';

/** Given to a writer when it is started; it answers `ready`. */
export interface WriterOrder {
  readonly variant: string;
  /** Unique in the whole bench: it is part of every id. */
  readonly writer: string;
  readonly url: string;
  /** Of its own, empty. */
  readonly folder: string;
}

export interface Go {
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** How long an operation that is under way at the end may go on. */
  readonly graceMs: number;
}

export interface WriterReport {
  readonly writer: string;
  /** Every operation that was answered "landed", warm-up included. */
  readonly landed: readonly string[];
  /** Sent but never answered: each may be in the history or not. */
  readonly open: readonly string[];
  /** From here on only what was measured, after the warm-up. Of these, answered before the time was over: */
  readonly landedInTime: number;
  readonly latenciesMs: readonly number[];
  /** How long those that did not land by the end had been waiting. */
  readonly waitedMs: readonly number[];
  readonly measuredMs: number;
  readonly retries: number;
  readonly cpu: CpuTime;
  readonly peakRssBytes: number;
}

export type FromWriter =
  | { readonly kind: 'ready' }
  | { readonly kind: 'report'; readonly report: WriterReport }
  | { readonly kind: 'failed'; readonly text: string };

export type ToServer =
  | { readonly kind: 'create'; readonly name: string }
  | { readonly kind: 'traffic'; readonly name: string }
  /** Let what is under way come to its end, so that nothing writes into a folder that is being removed. */
  | { readonly kind: 'close' };

/** Since the server's start, of one repository; the processor time is that of the whole server. */
export interface Traffic {
  readonly requests: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly cpuMs: number;
}
