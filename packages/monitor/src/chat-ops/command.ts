/** What the first line of a comment asks for: `/gityard retry 01k9x`. */
import type { CommandWish } from '@gityard/domain';

export type Asked =
  | { readonly does: 'wish'; readonly wish: CommandWish }
  | { readonly does: 'why'; readonly job: string }
  /** It is meant for us, and cannot be understood. */
  | { readonly does: 'usage'; readonly text: string };

const JOB = /^[a-z0-9][a-z0-9._-]{0,99}$/;
const PRIORITIES: Readonly<Record<string, number>> = { critical: 1, high: 3, normal: 5, low: 8 };
const MOST_REASON = 500;

export const USAGE = [
  '/gityard why <job>',
  '/gityard retry <job>',
  '/gityard cancel <job>',
  '/gityard priority <job> <1…10, 1 is first>',
  '/gityard approve <job> [reason]',
  '/gityard reject <job> <reason>',
];

/** undefined: it asks for nothing. */
export function askedIn(body: string): Asked | undefined {
  const [first = '', ...others] = body.split(/\r?\n/);
  if (!isCommand(first)) return undefined;
  // Of several, nobody should have to guess which was done.
  if (others.some(isCommand)) return usage('a comment asks for one thing');
  const [, verb = '', id = '', ...words] = first.trim().split(/\s+/);
  const read = READERS.get(verb);
  if (!read) return usage(verb === '' ? 'nothing is asked for' : 'that is no command');
  const job = id.toLowerCase();
  return JOB.test(job) ? read(job, words) : usage('a job is named by its id, or by the beginning of it');
}

/** Behind a blank it is a block of code. */
const isCommand = (line: string): boolean => /^\/gityard(?!\S)/.test(line);

const usage = (text: string): Asked => ({ does: 'usage', text });
const wish = (op: CommandWish['op'], target: string, args: CommandWish['args'] = {}): Asked => ({
  does: 'wish',
  wish: { op, target, args, if: {} },
});
const TOO_MANY = usage('there are words too many');

const READERS: ReadonlyMap<string, (job: string, words: readonly string[]) => Asked> = new Map([
  ['why', (job, words) => (words.length > 0 ? TOO_MANY : { does: 'why', job })],
  ['retry', (job, words) => (words.length > 0 ? TOO_MANY : wish('retry', job))],
  ['cancel', (job, words) => (words.length > 0 ? TOO_MANY : wish('cancel', job))],
  ['priority', (job, words) => (words.length > 1 ? TOO_MANY : prioritised(job, words[0]))],
  ['approve', (job, words) => wish('approve', job, reasonIn(words))],
  ['reject', (job, words) => wish('reject', job, reasonIn(words))],
]);

function prioritised(job: string, word: string | undefined): Asked {
  const priority = PRIORITIES[word?.toLowerCase() ?? ''] ?? Number(word);
  const isOne = Number.isInteger(priority) && priority >= 1 && priority <= 10;
  return isOne ? wish('prioritise', job, { priority }) : usage('a priority is 1 to 10, and 1 is first');
}

const reasonIn = (words: readonly string[]): CommandWish['args'] =>
  words.length === 0 ? {} : { reason: words.join(' ').slice(0, MOST_REASON) };
