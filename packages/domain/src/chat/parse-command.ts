/** The text of a message to the command that it holds, or to what is wrong with it. Strict: what is not understood is told. */
import { type ChatCommand, COMMAND_EXAMPLES, type Parsed } from './command.ts';
import { Misspelt, Scanner } from './scanner.ts';
import { parametersProblem } from './task-parameters.ts';

const TAG = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,99}$/;
/** A name and never a path: where scripts lie is for the owner of the agent to say. */
const SCRIPT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const MOST_TAGS = 50;
const MOST_ARGUMENTS = 100;
const MOST_TEXT = 2000;

const READERS: Readonly<Record<keyof typeof COMMAND_EXAMPLES, (scanner: Scanner) => ChatCommand>> = {
  task: readTask,
  tasklist: (scanner) => ({ kind: 'tasklist', tags: [...(readFields(scanner, ['tags']).tags ?? [])] }),
  taskstatus: (scanner) => ({ kind: 'taskstatus', id: readId(scanner, 'task') }),
  approve: (scanner) => ({ kind: 'approve', ...readWord(scanner) }),
  reject: (scanner) => ({ kind: 'reject', ...readWord(scanner) }),
  msg: readExec,
};

export function parseCommand(text: string): Parsed {
  const scanner = new Scanner(text);
  const verb = scanner.isDone() ? '' : scanner.word('the command').slice(1);
  if (!isVerb(verb)) return { ok: false, problem: `/${verb} is no command`, example: COMMAND_EXAMPLES.task };
  try {
    const command = READERS[verb](scanner);
    if (!scanner.isDone())
      throw new Misspelt(`nothing more was expected before "${scanner.word('the rest').slice(0, 40)}"`);
    return { ok: true, command };
  } catch (error) {
    if (!(error instanceof Misspelt)) throw error;
    return { ok: false, problem: error.message, example: COMMAND_EXAMPLES[verb] };
  }
}

const isVerb = (word: string): word is keyof typeof COMMAND_EXAMPLES => Object.hasOwn(COMMAND_EXAMPLES, word);

function readTask(scanner: Scanner): ChatCommand {
  const text = scanner.quoted('the text of the task');
  if (text.trim() === '') throw new Misspelt('the text of the task is empty');
  if (text.length > MOST_TEXT) throw new Misspelt(`the text of the task is longer than ${MOST_TEXT} characters`);
  const { tags = [], params = {}, notify = false } = readFields(scanner, ['tags', 'params', 'notify']);
  return { kind: 'task', text, tags, parameters: params, notify };
}

function readId(scanner: Scanner, of: 'job' | 'task'): string {
  const id = scanner.word(`the id of the ${of}`);
  if (id.length > 100) throw new Misspelt(`the id of the ${of} is too long`);
  return id;
}

/** What somebody says of a job; whether it needs a reason is for the rules to say. */
function readWord(scanner: Scanner): { readonly id: string; readonly reason: string | null } {
  const id = readId(scanner, 'job');
  const reason = scanner.isDone() ? null : scanner.quoted('the reason');
  return { id, reason };
}

function readExec(scanner: Scanner): ChatCommand {
  const bot = scanner.word('the name of the bot');
  if (scanner.word('exec') !== 'exec') throw new Misspelt('exec is missing');
  const script = scanner.word('the name of the script');
  if (!SCRIPT.test(script))
    throw new Misspelt(`${JSON.stringify(script.slice(0, 100))} is no name of a script; a path cannot be given`);
  const args: string[] = [];
  while (!scanner.isDone()) args.push(scanner.wordOrQuoted('an argument'));
  if (args.length > MOST_ARGUMENTS) throw new Misspelt(`there are more than ${MOST_ARGUMENTS} arguments`);
  if (args.some((it) => it.includes('\0'))) throw new Misspelt('an argument must not hold the character NUL');
  return { kind: 'exec', bot, script, args };
}

interface Fields {
  readonly tags?: readonly string[];
  readonly params?: Readonly<Record<string, unknown>>;
  readonly notify?: boolean;
}

/** `name:value` in any order, each once. */
function readFields(scanner: Scanner, known: readonly (keyof Fields)[]): Fields {
  let fields: Fields = {};
  while (!scanner.isDone()) {
    const name = nameOf(scanner, known);
    if (fields[name] !== undefined) throw new Misspelt(`${name}: was given twice`);
    fields = { ...fields, ...READ_FIELD[name](scanner) };
  }
  return fields;
}

function nameOf<N extends string>(scanner: Scanner, known: readonly N[]): N {
  const word = scanner.name();
  const name = known.find((it) => it === word);
  if (name === undefined)
    throw new Misspelt(`${word}: is not known here; there is ${known.map((it) => `${it}:`).join(', ')}`);
  return name;
}

const READ_FIELD: Readonly<Record<keyof Fields, (scanner: Scanner) => Fields>> = {
  tags: (scanner) => ({ tags: readTags(scanner.value()) }),
  params: (scanner) => ({ params: readParameters(scanner) }),
  notify: (scanner) => ({ notify: readYesNo(scanner.value()) }),
};

function readTags(list: string): readonly string[] {
  const tags = [...new Set(list.split(','))];
  const wrong = tags.find((it) => !TAG.test(it));
  if (wrong !== undefined)
    throw new Misspelt(`tags: ${JSON.stringify(wrong.slice(0, 100))} is no tag; write tags:build,npm`);
  if (tags.length > MOST_TAGS) throw new Misspelt(`tags: there are more than ${MOST_TAGS}`);
  return tags;
}

function readParameters(scanner: Scanner): Readonly<Record<string, unknown>> {
  const parameters = scanner.object('params');
  const problem = parametersProblem(parameters);
  if (problem !== null) throw new Misspelt(problem);
  return parameters;
}

function readYesNo(word: string): boolean {
  if (word === 'true' || word === 'false') return word === 'true';
  throw new Misspelt('notify: must be true or false');
}
