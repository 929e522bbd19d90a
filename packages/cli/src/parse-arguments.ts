/** Words of a command line to the arguments of a command. Everything that does not fit is wrong use, and says what would. */
import { didYouMean } from './did-you-mean.ts';
import { usageError } from './errors.ts';
import type { ArgumentsOf, Parameter, Parameters } from './parameters.ts';

export const flagOf = (key: string): string => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** The name by which messages speak of a parameter. */
const spokenName = (key: string, { sort, placeholder }: Parameter<unknown>): string =>
  sort === 'argument' || sort === 'rest' ? `<${placeholder}>` : flagOf(key);

export function parseArguments<P extends Parameters>(parameters: P, words: readonly string[]): ArgumentsOf<P> {
  const given = sortWords(parameters, words);
  const entries = Object.entries(parameters).map(([key, parameter]) => {
    const found = given.get(key) ?? [];
    const name = spokenName(key, parameter);
    if (found.length === 0 && parameter.required) throw usageError(`${name} is missing`, missingHint(parameter));
    return [key, parameter.read(found, name)];
  });
  return Object.fromEntries(entries) as ArgumentsOf<P>;
}

function missingHint({ sort, summary }: Parameter<unknown>): string {
  return sort === 'rest' ? `put ${summary} after --` : `give ${summary}`;
}

function sortWords(parameters: Parameters, words: readonly string[]): Map<string, string[]> {
  const given = new Map<string, string[]>();
  const put = (key: string, word: string) => given.set(key, [...(given.get(key) ?? []), word]);
  const keys = Object.keys(parameters);
  const places = keys.filter((key) => parameters[key]?.sort === 'argument');
  const restKey = keys.find((key) => parameters[key]?.sort === 'rest');

  const place = (word: string) => {
    const key = parameters[places[0] ?? '']?.many ? places[0] : places.shift();
    if (key === undefined) throw unexpected(word, restKey);
    put(key, word);
  };
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '--') {
      for (const after of words.slice(at + 1)) restKey === undefined ? place(after) : put(restKey, after);
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      place(word);
      continue;
    }
    const { key, value } = named(parameters, word);
    if (parameters[key]?.sort === 'flag') {
      if (value !== undefined) throw usageError(`${flagOf(key)} takes no value`);
      put(key, '');
      continue;
    }
    const next = value ?? words[++at];
    if (next === undefined)
      throw usageError(`${flagOf(key)} has no value`, `write ${flagOf(key)} <${parameters[key]?.placeholder}>`);
    put(key, next);
  }
  return given;
}

/** `--key`, `--key=value`, `-k`, `-kvalue`. */
function named(parameters: Parameters, word: string): { key: string; value?: string } {
  const options = Object.keys(parameters).filter((key) => /flag|option/.test(parameters[key]?.sort ?? ''));
  if (!word.startsWith('--')) {
    const key = options.find((it) => parameters[it]?.short === word[1]);
    if (key === undefined) throw unknown(word, []);
    return word.length > 2 ? { key, value: word.slice(2) } : { key };
  }
  const at = word.indexOf('=');
  const name = at === -1 ? word : word.slice(0, at);
  const key = options.find((it) => flagOf(it) === name);
  if (key === undefined) throw unknown(name, options.map(flagOf));
  return at === -1 ? { key } : { key, value: word.slice(at + 1) };
}

function unknown(word: string, known: readonly string[]): Error {
  const near = didYouMean(word, known);
  return usageError(`there is no flag ${word}`, near ? `did you mean ${near}?` : 'add --help to see all flags');
}

function unexpected(word: string, restKey: string | undefined): Error {
  return usageError(
    `${word} is one word too many`,
    restKey === undefined ? 'add --help to see the usage' : 'put a command after --',
  );
}
