/**
 * What was asked for under a key, and done: written by the same commit into the counter of its writer, so that who asks again,
 * because the answer was lost, is answered by any server of the yard, also after a restart. Each writer keeps the last of them.
 */
import { type Accepted, type Actor, accept, type Refused, refuse, type State } from '@gityard/domain';

export interface Receipt {
  /** The key, and whose it is, as a name. */
  readonly id: string;
  /** A digest of what is asked for. */
  readonly of: string;
}

const MOST_KEPT = 100;

const lineOf = ({ id, of }: Receipt): string => `${id}.${of}`;

/** undefined: nobody asked so yet. */
export function answerBefore(
  { actors }: Pick<State, 'actors'>,
  receipt: Receipt,
): Accepted<undefined> | Refused | undefined {
  const known = [...actors].flatMap((it) => it.receipts ?? []).find((it) => it.startsWith(`${receipt.id}.`));
  if (known === undefined) return undefined;
  if (known !== lineOf(receipt)) return refuse('CONFLICT', 'that idempotency key was used for something else');
  return { ...accept(undefined, [], 'it was done before', {}) } as Accepted<undefined>;
}

export const receiptsWith = (receipt: Receipt, before: Actor | undefined): string[] =>
  [lineOf(receipt), ...(before?.receipts ?? [])].slice(0, MOST_KEPT);
