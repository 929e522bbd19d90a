/** What may stand in an address for a place, a file or an object of the yard. Anything else is no name, and is not looked for. */
import type { Problem } from './problem.ts';

const COMMIT = /^[0-9a-f]{40}$/;
const LONGEST_PATH = 1_024;
/** Control characters and backslashes stand in no path that we write. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const STRANGE = /[\u0000-\u001f\u007f\\]/;

export const isOid = (word: string): boolean => COMMIT.test(word);
export const isPlace = (word: string): boolean => /^(?:state|live|logs)$/.test(word) || COMMIT.test(word);

/** From the root, without dots that would lead elsewhere. */
export const isPath = (word: unknown): word is string =>
  typeof word === 'string' &&
  word.length <= LONGEST_PATH &&
  !STRANGE.test(word) &&
  word.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

export const NO_PLACE: Problem = bad('a place is state, live, logs or the 40 digits of a commit');
export const NO_PATH: Problem = bad('that is no path of a file of the yard');
export const NO_OID: Problem = bad('a file is named by the 40 digits of its content');

export function bad(detail: string): Problem {
  return { status: 400, code: 'USAGE', detail };
}
