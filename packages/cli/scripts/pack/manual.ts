/**
 * The manual, drawn from the list of commands and from what each says of itself, as --help is: `gityard(1)`, and a page for the
 * first word of each command. `git yard --help` asks for `git-yard(1)`, which is the first one.
 */
import type { Command } from '../../src/command.ts';
import { ACTING_FLAGS, GLOBAL_FLAGS } from '../../src/globals.ts';
import { flagText, usageLine } from '../../src/help.ts';
import type { Parameters } from '../../src/parameters.ts';
import { example, named, paragraph, roff, section, subsection, title } from './roff.ts';

const EXITS: readonly (readonly [string, string])[] = [
  ['0', 'done'],
  ['1', 'the answer is no: a job failed, a check is negative, a rule refused it'],
  ['2', 'wrong use'],
  ['3', 'not found'],
  ['4', 'lost a race, or a stale token'],
  ['5', 'the remote or the network failed'],
  ['6', 'denied'],
  ['7', 'invalid data'],
  ['8', 'degraded: disk full, read-only'],
  ['70', 'a fault of the program itself'],
  ['124', 'timed out'],
  ['128+n', 'ended by signal n'],
];
const VARIABLES: readonly (readonly [string, string])[] = [
  ['GITYARD_YARD', 'the yard, where --yard does not name it'],
  ['GITYARD_AGENT', 'the agent to act as, where --agent does not name it'],
  ['GITYARD_HOME', 'where this user, or this agent, keeps its files'],
  ['GITYARD_TOKEN', 'the token for a yard over HTTPS'],
  ['GITYARD_SSH_KEY', 'the key file for a yard over SSH'],
  ['NO_COLOR, CI', 'no colours'],
];

export interface ManualPage {
  /** `gityard-job.1` */
  readonly file: string;
  readonly text: string;
}

export function manualOf(commands: readonly Command[], version: string): readonly ManualPage[] {
  const nouns = new Set(commands.map(nounOf));
  const page = (name: string, parts: readonly string[]): ManualPage => ({
    file: `${name}.1`,
    text: `${[title(name, version), ...parts].join('\n')}\n`,
  });
  return [
    page('gityard', overview(commands)),
    { file: 'git-yard.1', text: '.so man1/gityard.1\n' },
    ...[...nouns].map((noun) =>
      page(
        `gityard-${noun}`,
        nounPage(
          noun,
          commands.filter((it) => nounOf(it) === noun),
        ),
      ),
    ),
  ];
}

const nounOf = ({ name }: Command): string => name.split(' ')[0] ?? name;

function overview(commands: readonly Command[]): string[] {
  return [
    section('name'),
    `gityard \\- ${roff("a team's build servers working together through one Git repository")}`,
    section('synopsis'),
    roff('gityard <command> [flags]'),
    section('description'),
    paragraph(
      'A yard is a Git repository in which build servers claim and run jobs, hold locks and exchange messages. There is no ' +
        'server, no database and no broker; every step is a commit. Also reachable as git yard and as build-cli.',
    ),
    section('commands'),
    ...commands.map((it) => named(it.name, `${it.summary}; see gityard-${nounOf(it)}(1)`)),
    section('common flags'),
    ...rows(GLOBAL_FLAGS),
    section('flags of commands that change the state'),
    ...rows(ACTING_FLAGS),
    ...table('exit status', EXITS),
    ...table('environment', VARIABLES),
    section('examples'),
    example(
      commands
        .filter(({ name }) => FIRST.has(name))
        .map((it) => it.example)
        .join('\n'),
    ),
  ];
}

const FIRST = new Set(['up', 'init', 'job add', 'status']);

function nounPage(noun: string, commands: readonly Command[]): string[] {
  const [only] = commands;
  const summary = commands.length === 1 && only ? only.summary : commands.map((it) => it.name).join(', ');
  return [
    section('name'),
    `gityard\\-${roff(noun)} \\- ${roff(summary)}`,
    section('synopsis'),
    ...commands.flatMap((it, at) => [...(at > 0 ? ['.br'] : []), roff(usageLine(it))]),
    section('description'),
    ...commands.flatMap((it) => [subsection(`gityard ${it.name}`), ...commandPart(it)]),
    section('see also'),
    roff('gityard(1): the flags that all commands take, exit status, environment'),
  ];
}

function commandPart({ summary, details, parameters, example: line }: Command): string[] {
  const sentence = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
  return [paragraph(details ? `${sentence} ${details}` : sentence), ...rows(parameters), example(line)];
}

const rows = (parameters: Parameters): string[] =>
  Object.entries(parameters).map(([key, it]) =>
    named(it.sort === 'flag' || it.sort === 'option' ? flagText(key, it) : it.placeholder, it.summary),
  );

const table = (name: string, lines: readonly (readonly [string, string])[]): string[] => [
  section(name),
  ...lines.map(([left, right]) => named(left, right)),
];
