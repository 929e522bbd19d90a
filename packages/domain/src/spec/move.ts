/** What a move of a story is: the name of an operation, and how its input comes from the dice. */
import type { InputOf, OperationName } from '../operations/list.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import type { Dice } from './dice.ts';

export interface Setting {
  readonly state: State;
  readonly dice: Dice;
  readonly now: Time;
  /** New in this run, for whatever is made. */
  readonly id: string;
}
export type Move = { [N in OperationName]: readonly [N, (setting: Setting) => InputOf<N>] }[OperationName];
