/** The texts of --help, drawn from the list of commands and from a command's own parameters. Loads nothing. */
import type { Command, CommandEntry } from './command.ts';
import { ACTING_FLAGS, GLOBAL_FLAGS } from './globals.ts';
import type { Parameter, Parameters } from './parameters.ts';
import { flagOf } from './parse-arguments.ts';
import { bold, dim, type Line, line } from './text/lines.ts';

export function programHelp(entries: readonly CommandEntry[]): Line[] {
  return [
    [bold('gityard'), " – a team's build servers working together through one Git repository"],
    [],
    ['gityard <command> [flags]        gityard <command> --help'],
    [],
    ...columns(entries.map((it) => [it.name, it.summary])),
    [],
    [dim('Try: gityard init yard && gityard job add --yard yard -- make test && gityard status --yard yard')],
    [dim('The guide: gityard serve, then guide/ of the address that it prints')],
  ];
}

export function groupHelp(name: string, entries: readonly CommandEntry[]): Line[] {
  const members = entries.filter((it) => it.name.startsWith(`${name} `));
  return [
    [bold(`gityard ${name}`), ' <command> [flags]'],
    [],
    ...columns(members.map((it) => [it.name, it.summary])),
    [],
    [dim(`gityard ${members[0]?.name} --help tells more of one`)],
  ];
}

export function commandHelp(command: Command): Line[] {
  const own = Object.entries(command.parameters);
  const flags = own.filter(([, it]) => it.sort === 'flag' || it.sort === 'option');
  const places = own.filter(([, it]) => it.sort === 'argument' || it.sort === 'rest');
  const common = command.acts ? { ...ACTING_FLAGS, ...GLOBAL_FLAGS } : GLOBAL_FLAGS;
  return [
    [bold(usageLine(command))],
    [],
    [`${command.summary.charAt(0).toUpperCase()}${command.summary.slice(1)}.`],
    ...(command.details ? [[command.details]] : []),
    ...section(
      'Arguments',
      places.map(([, it]) => [it.placeholder, it.summary]),
    ),
    ...section(
      'Flags',
      flags.map(([key, it]) => [flagText(key, it), it.summary]),
    ),
    ...section('Common flags', common === GLOBAL_FLAGS ? flagRows(GLOBAL_FLAGS) : flagRows(common)),
    [],
    [bold('Example')],
    [`  ${command.example}`],
  ];
}

/** Also of the manual. */
export function usageLine({ name, parameters }: Command): string {
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

const section = (title: string, rows: readonly (readonly [string, string])[]): Line[] =>
  rows.length === 0 ? [] : [[], [bold(title)], ...columns(rows)];

function columns(rows: readonly (readonly [string, string])[]): Line[] {
  const width = Math.min(40, Math.max(...rows.map(([left]) => left.length)));
  return rows.flatMap(([left, right]) => {
    if (left.length > width) return [line(`  ${left}`), line(' '.repeat(width + 4), dim(right))];
    return [line(`  ${left.padEnd(width)}  `, dim(right))];
  });
}
