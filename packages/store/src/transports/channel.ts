/**
 * A way to talk to Git's two server programs, one question and one answer at a time. What is said is smart-protocol's
 * business. A channel rejects with StoreError only; `mayHaveLanded` says that the question was sent.
 */
import { StoreError } from '../errors.ts';
import type { RemoteClock } from './remote-clock.ts';

export type Service = 'git-upload-pack' | 'git-receive-pack';

export interface Question {
  readonly service: Service;
  readonly body: Uint8Array;
  readonly signal?: AbortSignal | undefined;
}

export interface Channel {
  readonly name: string;
  /** Of the other side, where it tells its time. */
  readonly clock?: RemoteClock;
  /** What the service can do, in its own words (protocol 2). */
  advertise(service: Service, signal?: AbortSignal): Promise<Uint8Array>;
  request(question: Question): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** The service refused what it was sent, and may take it after its advertisement was asked for. Nothing was changed. */
export class Unannounced extends StoreError {}
