/** What may stand in an address for a file of the yard. Anything else is no path, and is not looked for. */
import type { Problem } from './problem.ts';

const OID = /^[0-9a-f]{40}$/;
const LONGEST_PATH = 1_024;
/** Control characters and backslashes stand in no path that we write. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const STRANGE = /[\u0000-\u001f\u007f\\]/;

/** Something that never means anything else. */
export const isOid = (word: string): boolean => OID.test(word);

/** From the root, without dots that would lead elsewhere. */
export const isPath = (word: string): boolean =>
  word.length <= LONGEST_PATH &&
  !STRANGE.test(word) &&
  word.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

export const NO_PATH: Problem = {
  status: 400,
  code: 'USAGE',
  detail: 'that is no path of a file of the yard',
};
