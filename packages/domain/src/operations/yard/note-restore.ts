/**
 * The first act of a yard that came back from a backup. What was written after it is lost, the tokens of claims and locks among
 * it: from here on they are higher than any that can have been given out, so that a holder of then is refused for ever.
 */
import { accept, type Decision, refuse } from '../../decision.ts';
import type { State } from '../../state.ts';
import type { Time } from '../../time.ts';
import { validate } from '../../validate.ts';

export interface NoteRestore {
  /** The id of the backup. */
  readonly backup: string;
  readonly reason: string | null;
  readonly now: Time;
}

/** More claims of one job than a lost stretch of history can hold: a job ends after a hundred. */
const GAP = 1_000;

export function noteRestore(state: State, { backup, reason }: NoteRestore): Decision<{ readonly tokensAbove: number }> {
  if (backup === '') return refuse('INVALID_DATA', 'a restore names the backup that it is from');
  const tokens = [...state.jobs, ...state.locks].map(({ token }) => token);
  const tokensAbove = tokens.reduce((a, b) => Math.max(a, b), state.yard.tokensAbove ?? 0) + GAP;
  const checked = validate('yard', JSON.parse(JSON.stringify({ ...state.yard, tokensAbove })));
  if (!checked.ok) return refuse('INVALID_DATA', `yard.json: ${checked.reason}`);
  const change = { kind: 'yard', id: 'yard', value: checked.value } as const;
  return accept({ tokensAbove }, [change], `restore the yard from backup ${backup}`, { reason });
}
