/**
 * Does at once what a file of the inbox would ask for, for one who waits for the answer: a job, or a command on something
 * that exists. In the history stands the operation itself, as if it had been called by its name.
 */
import { type CommandWish, type JobWish, operationOf, type Refused, requestOf } from '@gityard/domain';
import type { Yard } from '../yard.ts';
import type { Receipt } from './receipts.ts';

export interface PerformWish {
  readonly wish: JobWish | CommandWish;
  /** Of the job, if it is one: the same id may be tried again after an answer was lost. */
  readonly id: string;
  readonly by: string;
  /** Namespaces for which their word goes. None means all. */
  readonly within?: readonly string[];
  /** Of a key under which it was asked for. */
  readonly receipt?: Receipt;
  readonly signal?: AbortSignal;
}

export interface WishDone {
  readonly ok: true;
  readonly commit: string | null;
  /** Of the job that is in the queue now. */
  readonly id?: string;
}

/** Throws StoreError. */
export async function performWish(yard: Yard, asked: PerformWish): Promise<WishDone | Refused> {
  const { wish, by, within, receipt, signal } = asked;
  if (!('op' in wish)) return await submitted(yard, { ...asked, wish });

  const operation = operationOf(yard.state, wish, { by, now: yard.now() });
  if (!operation.ok) return operation;
  const { name, input } = operation;
  const outcome = await yard.perform(name, input as never, { wish, by, within, receipt, signal });
  return outcome.ok ? { ok: true, commit: outcome.commit } : outcome;
}

async function submitted(
  yard: Yard,
  { wish, id, by, within, receipt, signal }: PerformWish & { wish: JobWish },
): Promise<WishDone | Refused> {
  const input = { id, job: requestOf(wish), by, now: yard.now() };
  const outcome = await yard.perform('submit', input, { by, within, receipt, signal });
  if (outcome.ok) return { ok: true, commit: outcome.commit, id: outcome.result?.id ?? id };
  // Nobody else makes this id: an earlier try has landed although its answer was lost.
  return outcome.code === 'DUPLICATE_ID' ? { ok: true, commit: null, id } : outcome;
}
