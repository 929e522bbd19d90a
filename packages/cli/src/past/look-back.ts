/** The yard as it was at a moment that a person named, or the error that says why it cannot be told. */
import { type PresentThen, presentThen } from '@gityard/domain';
import { momentOf, type PastYard, yardAt } from '@gityard/yard';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { plural } from '../text/words.ts';
import { readWhen } from './when.ts';

export async function lookBack(context: Context, word: string): Promise<PastYard> {
  const yard = await context.yard();
  const moment = await momentOf(yard, readWhen(word, context.now()));
  const [commit, ...others] = moment.commits;
  if (commit && others.length === 0) return yardAt(yard, moment);
  if (commit)
    throw new CliError('AMBIGUOUS_ID', `${moment.commits.length} state commits begin with ${word}`, {
      hint: 'write more of it',
    });
  const [first] = moment.history.commits;
  const since = first ? ` before ${new Date(first.author.atSeconds * 1000).toISOString()}` : '';
  throw new CliError('NOT_FOUND', `the history of the state has no ${word}`, {
    hint: `gityard log lists its commits; nothing is kept of it${since}`,
  });
}

/** What was asked is answered for a commit, and who reads it should know for which, and how much of it is known. */
export const notePast = (context: Context, { head, committedAt, now, state }: PastYard): void =>
  context.note(
    `as it was at ${now()}, commit ${head.slice(0, 10)} of ${committedAt}; ${knownOf(presentThen(state), state.agents.size)}`,
  );

function knownOf({ alive, silent, unknown }: PresentThen, count: number): string {
  if (count === 0 || unknown === count) return 'who was alive then is not in the history';
  const rest = unknown === 0 ? '' : `, of ${unknown} it is not known`;
  return `${plural(count, 'agent')} by the history: ${alive} alive, ${silent} silent${rest}`;
}
