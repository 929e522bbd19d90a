/**
 * The kinds of flags and arguments that commands take, each with its way to read words into a value. The key in a
 * command's list is the name: `ackBy` is `--ack-by`. Knows nothing of where the words come from.
 */
import { notEmpty, pairOf, readChoice, readDuration, readList, readSize, readWholeNumber } from './read-words.ts';

export interface Parameter<T> {
  readonly sort: 'flag' | 'option' | 'argument' | 'rest';
  readonly placeholder: string;
  readonly summary: string;
  readonly required: boolean;
  readonly short?: string;
  /** An argument that takes every word that is left. */
  readonly many?: boolean;
  /** For completion and help. */
  readonly choices?: readonly string[];
  /** All words given for it, none when it was not given. `name` is for the message. */
  readonly read: (words: readonly string[], name: string) => T;
}
// biome-ignore lint/suspicious/noExplicitAny: a list holds parameters of all types; ArgumentsOf gives each its own back.
export type Parameters = Readonly<Record<string, Parameter<any>>>;
export type ArgumentsOf<P extends Parameters> = {
  readonly [K in keyof P]: P[K] extends Parameter<infer T> ? T : never;
};

const base = { required: false, placeholder: '' };
const last = (words: readonly string[]): string | undefined => words.at(-1);

export const flag = (summary: string, short?: string): Parameter<boolean> => ({
  ...base,
  sort: 'flag',
  summary,
  short,
  read: (words) => words.length > 0,
});

export const option = (placeholder: string, summary: string): Parameter<string | undefined> => ({
  ...base,
  sort: 'option',
  placeholder,
  summary,
  read: (words, name) => notEmpty(last(words), name),
});

/** Free text, which may be empty. */
export const textOption = (placeholder: string, summary: string): Parameter<string | undefined> => ({
  ...option(placeholder, summary),
  read: last,
});

/** `a,b` or given more than once. */
export const list = (placeholder: string, summary: string): Parameter<readonly string[]> => ({
  ...base,
  sort: 'option',
  placeholder,
  summary,
  read: readList,
});

/** Given more than once, each as it stands. */
export const texts = (placeholder: string, summary: string): Parameter<readonly string[]> => ({
  ...base,
  sort: 'option',
  placeholder,
  summary,
  read: (words, name) => words.map((word) => notEmpty(word, name) ?? ''),
});

export const pairs = (placeholder: string, summary: string): Parameter<Readonly<Record<string, string>>> => ({
  ...base,
  sort: 'option',
  placeholder,
  summary,
  read: (words, name) => Object.fromEntries(words.map((word) => pairOf(word, name))),
});

export const wholeNumber = (
  placeholder: string,
  summary: string,
  { short, ...limits }: { minimum?: number; maximum?: number; short?: string } = {},
): Parameter<number | undefined> => ({
  ...base,
  sort: 'option',
  placeholder,
  summary,
  short,
  read: (words, name) => readWholeNumber(last(words), name, limits),
});

export const duration = (placeholder: string, summary: string): Parameter<number | undefined> => ({
  ...base,
  sort: 'option',
  placeholder,
  summary: `${summary} (90s, 10m, 2h, 7d)`,
  read: (words, name) => readDuration(last(words), name),
});

export const size = (placeholder: string, summary: string): Parameter<number | undefined> => ({
  ...base,
  sort: 'option',
  placeholder,
  summary: `${summary} (500MB, 10GB)`,
  read: (words, name) => readSize(last(words), name),
});

export const oneOf = <const T extends string>(choices: readonly T[], summary: string): Parameter<T | undefined> => ({
  ...base,
  sort: 'option',
  placeholder: choices.join('|'),
  summary,
  choices,
  read: (words, name) => readChoice(last(words), name, choices),
});

/** `a,b` or given more than once, each one of these; undefined when it was not given. `many`: what one is called, where all are too many for a line. */
export const choices = <const T extends string>(
  words: readonly T[],
  summary: string,
  many?: string,
): Parameter<readonly T[] | undefined> => ({
  ...base,
  sort: 'option',
  placeholder: `${many ?? words.join('|')},…`,
  summary: many === undefined ? summary : `${summary}: ${words.join(', ')}`,
  choices: words,
  read: (given, name) =>
    given.length === 0 ? undefined : readList(given, name).flatMap((word) => readChoice(word, name, words) ?? []),
});

export const argument = (placeholder: string, summary: string): Parameter<string> => ({
  sort: 'argument',
  placeholder,
  summary,
  required: true,
  read: (words, name) => notEmpty(words[0], name) ?? '',
});

export const optionalArgument = (placeholder: string, summary: string): Parameter<string | undefined> => ({
  ...base,
  sort: 'argument',
  placeholder,
  summary,
  read: (words, name) => notEmpty(words[0], name),
});

/** Any number of words, none included; must come last. */
export const optionalArguments = (placeholder: string, summary: string): Parameter<readonly string[]> => ({
  ...base,
  sort: 'argument',
  many: true,
  placeholder,
  summary,
  read: (words) => words,
});

export const choiceArgument = <const T extends string>(choices: readonly T[], summary: string): Parameter<T> => ({
  sort: 'argument',
  placeholder: choices.join('|'),
  summary,
  choices,
  required: true,
  read: (words, name) => readChoice(words[0], name, choices) ?? (choices[0] as T),
});

/** One word or more; must come last. */
export const someArguments = (placeholder: string, summary: string): Parameter<readonly string[]> => ({
  ...optionalArguments(placeholder, summary),
  required: true,
});

export const optionalChoiceArgument = <const T extends string>(
  choices: readonly T[],
  summary: string,
): Parameter<T | undefined> => ({
  ...base,
  sort: 'argument',
  placeholder: choices.join('|'),
  summary,
  choices,
  read: (words, name) => readChoice(words[0], name, choices),
});

/** Everything after `--`; a program without a name is mostly a variable that was not set. */
export const rest = (
  placeholder: string,
  summary: string,
  need: 'required' | 'optional',
): Parameter<readonly string[]> => ({
  sort: 'rest',
  placeholder,
  summary,
  required: need === 'required',
  read: (words, name) => {
    notEmpty(words[0], name);
    return words;
  },
});
