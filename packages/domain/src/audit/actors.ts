/** A writer's counter counts its committed operations exactly: that is what makes a retry after a lost reply safe. */
import type { Actor } from '../entities/actor.ts';
import type { Step, Transition } from './rule.ts';

/** Nobody else moves it: raised by hand, it would call an operation committed that is still on its way. */
export function counterCounts({ id, before, after }: Transition<Actor>, step: Step): readonly string[] {
  const done = step.operations.filter((it) => it.actor === id).length;
  const [from, to] = [before?.operations ?? 0, after?.operations ?? 0];
  return to === from + done ? [] : [`the counter of ${id} went from ${from} to ${to} with ${done} operations`];
}

/**
 * A transaction is `<actor>.<boot>.<number>`, as the counter file of the same commit says it: no name is made up. A relay
 * may write for two lives of one actor at once; the file tells of the last.
 */
export function transactionsAreCounted({ id, before, after }: Transition<Actor>, step: Step): readonly string[] {
  const told = step.operations.filter((it) => it.actor === id).map((it) => it.transaction);
  return told.flatMap((transaction, at) => {
    const number = (before?.operations ?? 0) + at + 1;
    const boot = at === told.length - 1 ? after?.boot : transaction.split('.').at(-2);
    const counted = `${id}.${boot}.${number}`;
    return transaction === counted ? [] : [`transaction ${transaction} stands where ${counted} is counted`];
  });
}
