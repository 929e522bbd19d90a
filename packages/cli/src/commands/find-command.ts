/** Finds which command a line means: its first words, wherever global flags stand between them. */
import { didYouMean } from '@gityard/domain/did-you-mean';
import type { CommandEntry } from '../command.ts';
import { usageError } from '../errors.ts';
import { GLOBAL_FLAGS } from '../globals.ts';
import { flagOf } from '../parse-arguments.ts';

export type Found =
  | { readonly sort: 'command'; readonly entry: CommandEntry; readonly words: readonly string[] }
  /** The first word of several commands, alone; an empty one is no word at all. */
  | { readonly sort: 'group'; readonly name: string; readonly words: readonly string[] };

/** What people say for short, and what the predecessor's `build-cli` called so. */
const SHORT: Readonly<Record<string, string>> = { assign: 'job assign', logs: 'job logs', failover: 'agent failover' };

export function findCommand(entries: readonly CommandEntry[], words: readonly string[]): Found {
  const places = wordPlaces(words);
  for (const length of [3, 2, 1]) {
    const used = places.slice(0, length);
    const said = used.map((at) => words[at]).join(' ');
    const name = Object.hasOwn(SHORT, said) ? SHORT[said] : said;
    const entry = used.length === length ? entries.find((it) => it.name === name) : undefined;
    if (entry) return { sort: 'command', entry, words: words.filter((_, at) => !used.includes(at)) };
  }
  const [first, second] = places;
  const name = first === undefined ? '' : (words[first] ?? '');
  const group = entries.filter((it) => it.name.startsWith(`${name} `));
  const left = words.filter((_, at) => at !== first);
  if (name === '' || (group.length > 0 && second === undefined)) return { sort: 'group', name, words: left };
  throw unknown(entries, group.length > 0 && second !== undefined ? `${name} ${words[second]}` : name);
}

const WITH_VALUE = new Set(
  Object.entries(GLOBAL_FLAGS).flatMap(([key, parameter]) => (parameter.sort === 'option' ? [flagOf(key)] : [])),
);

/** Where the words stand that are neither flags nor values of global ones. Other flags stand behind the command. */
export function wordPlaces(words: readonly string[]): number[] {
  const places: number[] = [];
  for (let at = 0; at < words.length && places.length < 3; at++) {
    const word = words[at] ?? '';
    if (word === '--') break;
    if (WITH_VALUE.has(word)) at++;
    else if (!word.startsWith('-')) places.push(at);
    else if (places.length > 0 && !isGlobal(word)) break;
  }
  return places;
}

const isGlobal = (word: string): boolean => Object.keys(GLOBAL_FLAGS).some((key) => word.split('=')[0] === flagOf(key));

function unknown(entries: readonly CommandEntry[], name: string): Error {
  const near = didYouMean(name, [...new Set(entries.flatMap((it) => [it.name, it.name.split(' ')[0] ?? '']))]);
  return usageError(`there is no command ${name}`, near ? `did you mean gityard ${near}?` : 'gityard --help lists all');
}
