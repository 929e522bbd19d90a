/** Where a person can see a commit, or a file in it, at the host of the yard; null where the host shows none. */
import type { Question } from './question.ts';

export const linkTo: Question<{ readonly commit: string; readonly path?: string }, string | null> = async (
  reading,
  thing,
) => reading.linkTo(thing);
