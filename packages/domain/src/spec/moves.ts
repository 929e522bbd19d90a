/** Turns dice into operations with their input, right and wrong ones, fitted to the state so that most of them bite. */

import type { Decision } from '../decision.ts';
import type { OperationName } from '../operations/list.ts';
import { OPERATIONS } from '../operations/list.ts';
import type { State } from '../state.ts';
import { branchMoves } from './branch-moves.ts';
import { diceOf } from './dice.ts';
import { fleetMoves } from './fleet-moves.ts';
import { jobMoves, jobTurns } from './job-moves.ts';
import type { Move, Setting } from './move.ts';
import { otherMoves } from './other-moves.ts';

/** Every operation, those that carry a job along oftener. */
export const MOVES: readonly Move[] = [
  ...jobMoves,
  ...jobMoves,
  ...jobMoves,
  ...jobTurns,
  ...otherMoves,
  ...branchMoves,
  ...fleetMoves,
];

export interface Played {
  readonly name: OperationName;
  readonly input: unknown;
  readonly decide: (state: State) => Decision<unknown>;
}

export function play(setting: Omit<Setting, 'dice'>, throws: readonly number[]): Played {
  const [first = 0, ...rest] = throws;
  const [name, inputOf] = MOVES[first % MOVES.length] ?? ['submit' as const, () => ({})];
  const input = inputOf({ ...setting, dice: diceOf(rest) });
  const operation = OPERATIONS[name] as (state: State, input: unknown) => Decision<unknown>;
  return { name, input, decide: (state) => operation(state, input) };
}
