/** Priorities as people write them: 1 to 10, or one of four names. 1 goes first. */
import { usageError } from './errors.ts';
import { argument, option, type Parameter } from './parameters.ts';

const PRIORITY_NAMES = { critical: 1, high: 3, normal: 5, low: 8 } as const;

const SUMMARY = '1 (first) to 10 (last), or Critical, High, Normal, Low';

export const priorityOption: Parameter<number | undefined> = {
  ...option('N', SUMMARY),
  read: (words, name) => {
    const word = words.at(-1);
    return word === undefined ? undefined : readPriority(word, name);
  },
};

export const priorityArgument: Parameter<number> = {
  ...argument('priority', SUMMARY),
  read: (words, name) => readPriority(words[0] ?? '', name),
};

export const optionalPriorityArgument: Parameter<number | undefined> = {
  ...priorityArgument,
  required: false,
  read: (words, name) => (words[0] === undefined ? undefined : readPriority(words[0], name)),
};

function readPriority(word: string, name: string): number {
  const named = Object.entries(PRIORITY_NAMES).find(([it]) => it === word.toLowerCase())?.[1];
  const value = named ?? (/^\d+$/.test(word) ? Number(word) : Number.NaN);
  if (value >= 1 && value <= 10) return value;
  throw usageError(`${name} ${word} is no priority`, `give ${SUMMARY}`);
}
