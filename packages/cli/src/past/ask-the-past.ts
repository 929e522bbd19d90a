/**
 * `gityard at <when> <command>`: any command that only looks, asked of the past. The command is the same; its context
 * answers with the state as it was, and with that time as now.
 */
import type { CommandEntry } from '../command.ts';
import { findCommand, wordPlaces } from '../commands/find-command.ts';
import type { Context } from '../context.ts';
import { usageError } from '../errors.ts';
import { lookBack, notePast } from './look-back.ts';

/** What can be asked of the past: it changes nothing, and everything that it tells is in the history. */
export const ASKED_OF_THE_PAST: readonly string[] = [
  'status',
  'job list',
  'job show',
  'job why',
  'agent list',
  'agent show',
  'lock list',
  'message list',
  'message search',
  'message thread',
  'message stats',
  'health show',
  'health check',
];

export interface AskedOfThePast {
  readonly when: string;
  readonly entry: CommandEntry;
  /** Without the time and the name of the command. */
  readonly words: readonly string[];
}

/** Undefined: no command follows the time. */
export function askedOfThePast(entries: readonly CommandEntry[], words: readonly string[]): AskedOfThePast | undefined {
  const [place, next] = wordPlaces(words);
  const when = place === undefined ? undefined : words[place];
  if (when === undefined || next === undefined) return undefined;
  const found = findCommand(
    entries,
    words.filter((_, at) => at !== place),
  );
  const name = found.sort === 'command' ? found.entry.name : found.name;
  if (found.sort === 'command' && ASKED_OF_THE_PAST.includes(name)) return { when, ...found };
  throw usageError(`${name} cannot be asked of the past`, `ask one of ${ASKED_OF_THE_PAST.join(', ')}`);
}

export async function contextOfThePast(context: Context, when: string): Promise<Context> {
  const past = await lookBack(context, when);
  notePast(context, past);
  return {
    ...context,
    now: past.now,
    yard: async () => past,
    look: async () => past.state,
    interruption: () => {
      throw usageError('the past does not change', 'leave --watch out');
    },
  };
}
