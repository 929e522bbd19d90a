/** Priorities as people write them: 1 to 10, or one of four names. 1 goes first. */
import { PRIORITY_WORDS, priorityLevel } from '@gityard/domain/priority-level';
import { usageError } from './errors.ts';
import { argument, option, type Parameter } from './parameters.ts';

export const priorityOption: Parameter<number | undefined> = {
  ...option('N', PRIORITY_WORDS),
  read: (words, name) => {
    const word = words.at(-1);
    return word === undefined ? undefined : readPriority(word, name);
  },
};

export const priorityArgument: Parameter<number> = {
  ...argument('priority', PRIORITY_WORDS),
  read: (words, name) => readPriority(words[0] ?? '', name),
};

export const optionalPriorityArgument: Parameter<number | undefined> = {
  ...priorityArgument,
  required: false,
  read: (words, name) => (words[0] === undefined ? undefined : readPriority(words[0], name)),
};

function readPriority(word: string, name: string): number {
  const level = priorityLevel(word);
  if (level !== undefined) return level;
  throw usageError(`${name} ${word} is no priority`, `give ${PRIORITY_WORDS}`);
}
