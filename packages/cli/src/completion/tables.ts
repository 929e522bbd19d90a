/** What completion knows, whatever the shell: which words may follow which, the flags of each command, and the values of flags. */
import { ACTING_FLAGS, GLOBAL_FLAGS } from '../globals.ts';
import type { Parameters } from '../parameters.ts';
import { flagOf } from '../parse-arguments.ts';

/** As much of a command as completion needs. */
export interface Completed {
  readonly name: string;
  readonly summary: string;
  readonly parameters: Parameters;
  readonly acts?: boolean;
}

export interface Choice {
  readonly word: string;
  /** One line, which some shells show beside it. */
  readonly summary: string;
}

/** By the words of the command so far: "" at the beginning, "job", "job add". */
type Table = ReadonlyMap<string, readonly Choice[]>;

export interface Tables {
  /** The next words, and those that stand for an argument. */
  readonly words: Table;
  readonly flags: Table;
  /** By the words of the command and the flag: "job add --strategy". */
  readonly values: Table;
}

export const PROGRAMS = ['gityard', 'git-yard', 'build-cli'];

export function tablesOf(commands: readonly Completed[]): Tables {
  const words = new Map<string, Choice[]>();
  for (const { name, summary, parameters } of commands) {
    const parts = name.split(' ');
    parts.forEach((word, at) => {
      const isLast = at === parts.length - 1;
      add(words, parts.slice(0, at).join(' '), { word, summary: isLast ? summary : `gityard ${word} …` });
    });
    const places = Object.values(parameters).filter((it) => it.sort === 'argument');
    for (const { choices = [], summary: what } of places)
      for (const word of choices) add(words, name, { word, summary: what });
  }
  const flags = new Map(commands.map((it) => [it.name, flagsOf(it)]));
  return { words, flags, values: new Map(commands.flatMap(valuesOf)) };
}

/** A word that is a command, and the first of others as well, is told of as the command. */
function add(table: Map<string, Choice[]>, before: string, choice: Choice): void {
  const known = table.get(before) ?? [];
  const at = known.findIndex((it) => it.word === choice.word);
  if (at < 0) table.set(before, [...known, choice]);
  else if (known[at]?.summary.endsWith('…')) known[at] = choice;
}

const named = ({ parameters, acts }: Completed): Parameters => ({
  ...parameters,
  ...(acts ? ACTING_FLAGS : {}),
  ...GLOBAL_FLAGS,
});

const flagsOf = (command: Completed): Choice[] =>
  Object.entries(named(command)).flatMap(([key, { sort, summary }]) =>
    sort === 'flag' || sort === 'option' ? [{ word: flagOf(key), summary }] : [],
  );

const valuesOf = (command: Completed): [string, Choice[]][] =>
  Object.entries(named(command)).flatMap(([key, { sort, choices = [], summary }]) =>
    sort === 'option' && choices.length > 0
      ? [[`${command.name} ${flagOf(key)}`, choices.map((word) => ({ word, summary }))]]
      : [],
  );

/** " job", "job add", …: each step from words that are known to one word more. */
export const stepsOf = ({ words, flags }: Tables): string[] =>
  [...words].flatMap(([before, those]) =>
    those.map(({ word }) => `${before} ${word}`).filter((step) => words.has(step.trim()) || flags.has(step.trim())),
  );
