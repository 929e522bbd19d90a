/** What a spec expects of a decision, in one word. */

import { applyChanges } from '../apply-changes.ts';
import type { Accepted, Decision, RefusalCode } from '../decision.ts';
import type { State } from '../state.ts';

/** For `toMatchObject`: the code is the promise, the sentence may be worded better one day. */
export const refusal = (code: RefusalCode) => ({ ok: false, code }) as const;
export const nothingToCommit = { ok: true, changes: [] } as const;

export function accepted<Result>(decision: Decision<Result>): Accepted<Result> {
  if (decision.ok) return decision;
  throw new Error(`expected to be accepted, but: ${decision.code}, ${decision.reason}`);
}

export const resultOf = <Result>(decision: Decision<Result>): Result => accepted(decision).result;

/** The state after an operation that must be accepted. */
export const stateAfter = (state: State, decision: Decision<unknown>): State =>
  applyChanges(state, accepted(decision).changes);
