/** What a way of landing operations must be able to do to be measured. A new one is a file and a line in list.ts. */
import type { BenchOperation } from '../operation.ts';

export interface Place {
  readonly url: string;
  /** Of this writer alone, and empty. */
  readonly folder: string;
  /** Who writes: unique among the writers of a repository. */
  readonly writer: string;
}

export interface Variant {
  /**
   * Resolves with true once the operation is in the branch, whatever came in between. After `giveUpAt` it may stop
   * trying, but only where it knows that nothing was landed: then it resolves with false.
   */
  land(operation: BenchOperation, giveUpAt: Date): Promise<boolean>;
  /** Pushes so far that did not become the head. */
  readonly lostPushes: number;
  close(): Promise<void>;
}

export type OpenVariant = (place: Place) => Promise<Variant>;
