/** The operation log, newest first, a page of commits at a time. */
import { commitsOverCuts } from '../../past/over-cuts.ts';
import type { Reading } from '../question.ts';
import { placeAt } from '../state-files.ts';
import { type ChangeRow, toldIn } from './told-in.ts';

export interface ChangesAsked {
  /** The commit to begin with, itself included. */
  readonly from: string;
  readonly count: number;
}

export interface ChangesPage {
  readonly rows: readonly ChangeRow[];
  /** What to begin the next page with; null: this was the last. */
  readonly next: string | null;
  /** There was more before the history was cut, which is not kept here. */
  readonly isCutOff: boolean;
}

export async function changes(reading: Reading, { from, count }: ChangesAsked): Promise<ChangesPage> {
  // One more than is shown: the first of the next page, and the proof that there is one.
  const { commits, isCutOff } = await commitsOverCuts(reading, placeAt(from), { count: count + 1 });
  return {
    rows: commits.slice(0, count).flatMap(toldIn),
    next: commits[count]?.commit ?? null,
    isCutOff,
  };
}
