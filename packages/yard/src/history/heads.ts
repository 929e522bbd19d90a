/** The heads that the state branch has had, one after the other: what a person merged in was never one of them. */
import { type History, readHistory, type Transport } from '@gityard/store';
import { operationsIn } from '../writing/commit-message.ts';

export interface ReadHeads {
  readonly depth?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Operations are pushed on the head or not at all, so the side of a merge that has operations is the one to follow. */
export const readHeads = (transport: Transport, ref: string, options: ReadHeads = {}): Promise<History> =>
  readHistory(transport, ref, { ...options, wasHead: ({ message }) => operationsIn(message).length > 0 });
