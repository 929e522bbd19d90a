/** The texts of --help, drawn from the list of commands and from a command's own parameters, for a terminal of some width. Loads nothing. */
import type { Command, CommandEntry } from './command.ts';
import { ACTING_FLAGS, GLOBAL_FLAGS } from './globals.ts';
import type { Parameter, Parameters } from './parameters.ts';
import { flagOf } from './parse-arguments.ts';
import { bold, dim, type Line, line, wrapped } from './text/lines.ts';

/** What a terminal has that nobody made wider; longer lines than the second are hard to read. */
const WIDTH = 80;
const WIDEST = 100;
/** Flags that are longer stand on a line of their own. */
const MOST_LEFT = 28;

export const helpWidth = (columns: number | undefined): number => Math.min(columns || WIDTH, WIDEST);

/** What is one word is told of; of nouns only their verbs, since there are too many to read. */
export function programHelp(entries: readonly CommandEntry[], width = WIDTH): Line[] {
  const nouns = new Map<string, string[]>();
  for (const [noun = '', verb] of entries.map(({ name }) => name.split(' ')))
    if (verb !== undefined) nouns.set(noun, [...(nouns.get(noun) ?? []), verb]);
  return [
    [bold('gityard'), " – a team's build servers working together through one Git repository"],
    [],
    ['gityard <command> [flags]        gityard <command> --help'],
    [],
    ...columns(
      entries.filter(({ name }) => !name.includes(' ')).map((it) => [it.name, it.summary]),
      width,
    ),
    [],
    ['gityard <noun> --help tells more of these:'],
    [],
    ...columns(
      [...nouns].map(([noun, verbs]) => [noun, verbs.join(', ')]),
      width,
    ),
    [],
    [dim('Try        gityard up')],
    [dim('Exit codes gityard help exit-codes')],
    [dim('The guide  gityard serve, then guide/ of the address that it prints')],
  ];
}

export function groupHelp(name: string, entries: readonly CommandEntry[], width = WIDTH): Line[] {
  const members = entries.filter((it) => it.name.startsWith(`${name} `));
  return [
    [bold(`gityard ${name}`), ' <command> [flags]'],
    [],
    ...columns(
      members.map((it) => [it.name, it.summary]),
      width,
    ),
    [],
    [dim(`gityard ${members[0]?.name} --help tells more of that one`)],
  ];
}

/** `entries`: all commands; of those that begin with its name it tells too. */
export function commandHelp(command: Command, entries: readonly CommandEntry[] = [], width = WIDTH): Line[] {
  const own = Object.entries(command.parameters);
  const flags = own.filter(([, it]) => it.sort === 'flag' || it.sort === 'option');
  const places = own.filter(([, it]) => it.sort === 'argument' || it.sort === 'rest');
  const common = command.acts ? { ...ACTING_FLAGS, ...GLOBAL_FLAGS } : GLOBAL_FLAGS;
  return [
    [bold(briefUsage(command))],
    [],
    ...paragraphOf(`${command.summary.charAt(0).toUpperCase()}${command.summary.slice(1)}.`, width),
    ...(command.details ? paragraphOf(command.details, width) : []),
    ...section('Arguments', { rows: places.map(([, it]) => [it.placeholder, it.summary]), width }),
    ...section('Flags', { rows: flags.map(([key, it]) => [flagText(key, it), it.summary]), width }),
    ...section('Common flags', { rows: flagRows(common), width }),
    ...section('See also', {
      rows: entries.filter((it) => it.name.startsWith(`${command.name} `)).map((it) => [it.name, it.summary]),
      width,
    }),
    [],
    [bold('Example')],
    [`  ${command.example}`],
  ];
}

/** Flags have a list below, and all of them in a line nobody reads. */
function briefUsage({ name, parameters }: Command): string {
  const isFlag = ({ sort }: Parameter<unknown>): boolean => sort === 'flag' || sort === 'option';
  const places = Object.fromEntries(Object.entries(parameters).filter(([, it]) => !isFlag(it)));
  const flags = Object.values(parameters).some(isFlag) ? ' [flags]' : '';
  return usageLine({ name: `${name}${flags}`, parameters: places });
}

/** Also of the manual. */
export function usageLine({ name, parameters }: Pick<Command, 'name' | 'parameters'>): string {
  const parts = Object.entries(parameters).map(([key, it]) => {
    if (it.sort === 'rest') return it.required ? `-- ${it.placeholder}…` : `[-- ${it.placeholder}…]`;
    if (it.many) return `[${it.placeholder}…]`;
    if (it.sort === 'argument') return it.required ? `<${it.placeholder}>` : `[${it.placeholder}]`;
    return `[${flagText(key, it)}]`;
  });
  return ['gityard', name, ...parts].join(' ');
}

const flagRows = (parameters: Parameters): [string, string][] =>
  Object.entries(parameters).map(([key, it]) => [flagText(key, it), it.summary]);

export function flagText(key: string, { short, placeholder, sort }: Parameter<unknown>): string {
  const names = short ? `-${short}, ${flagOf(key)}` : flagOf(key);
  return sort === 'option' ? `${names} <${placeholder}>` : names;
}

interface Table {
  readonly rows: readonly (readonly [string, string])[];
  readonly width: number;
}

const section = (title: string, { rows, width }: Table): Line[] =>
  rows.length === 0 ? [] : [[], [bold(title)], ...columns(rows, width)];

const paragraphOf = (text: string, width: number): Line[] => wrapped(text, width).map((it) => [it]);

export function columns(rows: readonly (readonly [string, string])[], width: number): Line[] {
  const left = Math.min(MOST_LEFT, Math.max(...rows.map(([it]) => it.length)));
  const room = Math.max(20, width - left - 4);
  return rows.flatMap(([name, text]) => {
    const [first = '', ...more] = wrapped(text, room);
    const below = more.map((it) => line(' '.repeat(left + 4), dim(it)));
    if (name.length > left) return [line(`  ${name}`), line(' '.repeat(left + 4), dim(first)), ...below];
    return [line(`  ${name.padEnd(left)}  `, dim(first)), ...below];
  });
}
