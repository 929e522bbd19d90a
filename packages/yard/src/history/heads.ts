/** The heads that the state branch has had, one after the other: what a person merged in was never one of them. */
import { type History, type ReadHistory, readHistory, type Transport } from '@gityard/store';
import { predecessorOf } from '../compact/epochs.ts';
import { operationsIn } from '../writing/commit-message.ts';

export interface ReadHeads extends Pick<ReadHistory, 'depth' | 'elsewhere' | 'signal'> {
  /** Those before the last cut as well, unless it is said otherwise. */
  readonly epochs?: 'all' | 'last';
}

/** Operations are pushed on the head or not at all, so the side of a merge that has operations is the one to follow. */
export const readHeads = (
  transport: Transport,
  ref: string,
  { epochs = 'all', ...options }: ReadHeads = {},
): Promise<History> =>
  readHistory(transport, ref, {
    ...options,
    predecessorOf: epochs === 'all' ? predecessorOf : undefined,
    wasHead: ({ message }) => operationsIn(message).length > 0,
  });
