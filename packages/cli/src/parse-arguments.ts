/** Words of a command line to the arguments of a command. Everything that does not fit is wrong use, and says what would. */
import { parseArgs } from 'node:util';
import { didYouMean } from '@gityard/domain/did-you-mean';
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

/** Node's own reader takes the words apart; what they mean, and what is wrong with them, is said here. */
function sortWords(parameters: Parameters, words: readonly string[]): Map<string, string[]> {
  const given = new Map<string, string[]>();
  const put = (key: string, word: string) => given.set(key, [...(given.get(key) ?? []), word]);
  const keys = Object.keys(parameters);
  const places = keys.filter((key) => parameters[key]?.sort === 'argument');
  const restKey = keys.find((key) => parameters[key]?.sort === 'rest');
  const named = new Map(keys.filter((key) => isNamed(parameters[key])).map((key) => [flagOf(key).slice(2), key]));
  const options = Object.fromEntries([...named].map(([name, key]) => [name, optionOf(parameters[key])]));
  const { tokens } = parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true });

  const nextPlace = () => (parameters[places[0] ?? '']?.many ? places[0] : places.shift());
  let afterTerminator = false;
  for (const token of tokens) {
    if (token.kind === 'option-terminator') {
      afterTerminator = true;
    } else if (token.kind === 'positional') {
      const key = afterTerminator && restKey !== undefined ? restKey : nextPlace();
      if (key === undefined) throw unexpected(token.value, restKey);
      put(key, token.value);
    } else {
      const key = named.get(token.name);
      if (key === undefined) throw unknown(token.rawName, token.rawName.startsWith('--') ? keys.map(flagOf) : []);
      put(key, wordOf(parameters[key], key, token.value));
    }
  }
  return given;
}

const isNamed = (parameter: Parameter<unknown> | undefined): boolean => /flag|option/.test(parameter?.sort ?? '');

const optionOf = (parameter: Parameter<unknown> | undefined) =>
  ({
    type: parameter?.sort === 'flag' ? 'boolean' : 'string',
    multiple: true,
    ...(parameter?.short === undefined ? {} : { short: parameter.short }),
  }) as const;

function wordOf(parameter: Parameter<unknown> | undefined, key: string, value: string | undefined): string {
  if (parameter?.sort === 'flag') {
    if (value !== undefined) throw usageError(`${flagOf(key)} takes no value`, `write ${flagOf(key)} alone`);
    return '';
  }
  if (value === undefined)
    throw usageError(`${flagOf(key)} has no value`, `write ${flagOf(key)} <${parameter?.placeholder}>`);
  return value;
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
