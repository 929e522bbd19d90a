/** Every command with its arguments, flags and example, as its own help says them. */
import { ACTING_FLAGS, COMMANDS, type Command, flagText, GLOBAL_FLAGS, type Parameters, usageLine } from '@gityard/cli';
import { capital, code, page, plain, table } from './words.ts';

export async function commandsPage(): Promise<string> {
  const commands = await Promise.all(COMMANDS.map(({ load }) => load()));
  return page(
    '# Commands',
    'For whoever types: every command of the program, as `gityard <command> --help` tells of it. This page is made of the program’s own tables.',
    'Results go to stdout, progress to stderr. A yard is found in this order: `--yard`, `GITYARD_YARD`, the repository you stand in, your own settings. Exit codes have [a page of their own](exit-codes.md).',
    '## Flags that every command takes',
    flagTable(GLOBAL_FLAGS),
    'Commands that change something take these as well:',
    flagTable(ACTING_FLAGS),
    '## All commands',
    table(
      ['command', 'does'],
      commands.map(({ name, summary }) => [`[${code(name)}](#gityard-${name.replaceAll(' ', '-')})`, plain(summary)]),
    ),
    ...commands.map(sectionOf),
  );
}

function sectionOf(command: Command): string {
  const { name, summary, details, parameters, example } = command;
  const own = Object.entries(parameters);
  const places = own.filter(([, { sort }]) => sort === 'argument' || sort === 'rest');
  const flags = own.filter(([, { sort }]) => sort === 'flag' || sort === 'option');
  return page(
    `## gityard ${name}`,
    plain(`${capital(summary)}.${details ? ` ${details}` : ''}`),
    ['```text', usageLine(command), '```'].join('\n'),
    table(
      ['argument', 'is'],
      places.map(([, it]) => [code(it.placeholder), plain(it.summary)]),
    ),
    flagTable(Object.fromEntries(flags)),
    `For example: ${code(example)}`,
  );
}

const flagTable = (flags: Parameters): string =>
  table(
    ['flag', 'means'],
    Object.entries(flags).map(([key, it]) => [code(flagText(key, it)), meaning(it)]),
  );

function meaning({ summary, choices }: Parameters[string]): string {
  const words = choices?.filter((word) => !summary.includes(word)) ?? [];
  return words.length === 0 ? plain(summary) : `${plain(summary)}: ${choices?.map(code).join(', ')}`;
}
