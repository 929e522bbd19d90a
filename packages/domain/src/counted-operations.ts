/** How much was done in a yard, by the counters of its writers: known without a look at the history. */
import type { State } from './state.ts';

export const operationsOf = ({ actors }: Pick<State, 'actors'>): number =>
  [...actors].reduce((sum, it) => sum + it.operations, 0);

/** Since the history was cut, or since the yard began. */
export const operationsSinceCut = (state: Pick<State, 'actors' | 'epoch'>): number =>
  operationsOf(state) - (state.epoch?.operations ?? 0);
