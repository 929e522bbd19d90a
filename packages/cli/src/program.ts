/**
 * One run of the program: find the command, load it, read its arguments, run it, draw its answer. What is thrown anywhere
 * below ends here as one line and an exit code. Imports as little as it can: --help must answer at once.
 */
import type { Command } from './command.ts';
import { findCommand } from './commands/find-command.ts';
import { COMMANDS } from './commands/list.ts';
import type { Context, ContextFlags } from './context.ts';
import { Interrupted, usageError } from './errors.ts';
import { ACTING_FLAGS, GLOBAL_FLAGS } from './globals.ts';
import type { End } from './log/begin-and-end.ts';
import type { ProgramLog } from './log/program-log.ts';
import type { Manner } from './output.ts';
import { parseArguments } from './parse-arguments.ts';
import type { Io } from './start/io.ts';
import type { Line } from './text/lines.ts';
import { render } from './text/render.ts';

export async function runProgram(words: readonly string[], io: Io): Promise<number> {
  const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
  const manner = { json: own.includes('--json'), debug: own.includes('--debug') };
  try {
    return await dispatch(words, { io, manner });
  } catch (error) {
    const { drawError } = await import('./output.ts');
    return drawError(io, error, manner);
  }
}

interface Run {
  readonly io: Io;
  readonly manner: Manner;
  /** The context in which the command runs, made of the usual one. */
  readonly around?: (context: Context) => Context | Promise<Context>;
}

async function dispatch(words: readonly string[], run: Run): Promise<number> {
  const { io } = run;
  if (words[0] === '--version' || words[0] === 'version') return showVersion(run);
  if (words[0] === 'help' && words[1] === 'exit-codes') {
    const [{ exitCodesHelp }, { helpWidth }] = await Promise.all([import('./exit-codes-help.ts'), import('./help.ts')]);
    return print(io, exitCodesHelp(helpWidth(io.terminal?.columns)));
  }
  const asked = words[0] === 'help' ? [...words.slice(1), '--help'] : words;
  const found = findCommand(COMMANDS, asked);
  if (found.sort === 'command' && found.entry.name === 'at')
    return runInThePast(await found.entry.load(), found.words, run);
  if (found.sort === 'command') return runCommand(await found.entry.load(), found.words, run);

  const { groupHelp, helpWidth, programHelp } = await import('./help.ts');
  const { help } = parseArguments(GLOBAL_FLAGS, found.words);
  const width = helpWidth(io.terminal?.columns);
  const lines = found.name === '' ? programHelp(COMMANDS, width) : groupHelp(found.name, COMMANDS, width);
  if (help) return print(io, lines);
  // Half a command is wrong use, but the list is what its writer needs.
  if (run.manner.json)
    throw usageError(
      found.name === '' ? 'no command was given' : `gityard ${found.name} needs one word more`,
      'add --help to see the list',
    );
  io.stderr.write(render(lines, io.colour));
  return 2;
}

/** What follows the time is a command of its own, with flags of its own. */
async function runInThePast(at: Command, words: readonly string[], run: Run): Promise<number> {
  const { askedOfThePast, contextOfThePast } = await import('./past/ask-the-past.ts');
  const asked = askedOfThePast(COMMANDS, words);
  if (!asked) return runCommand(at, words, run);
  const around = (context: Context) => contextOfThePast(context, asked.when);
  return runCommand(await asked.entry.load(), asked.words, { ...run, around });
}

async function runCommand(command: Command, words: readonly string[], run: Run): Promise<number> {
  const { io, manner, around = (it) => it } = run;
  const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
  if (own.includes('--help') || own.includes('-h')) {
    const { commandHelp, helpWidth } = await import('./help.ts');
    return print(io, commandHelp(command, COMMANDS, helpWidth(io.terminal?.columns)));
  }
  const common = command.acts ? { ...GLOBAL_FLAGS, ...ACTING_FLAGS } : GLOBAL_FLAGS;
  const args = parseArguments({ ...common, ...command.parameters }, words);
  const { createContext } = await import('./context.ts');
  const { drawError, drawReply } = await import('./output.ts');
  const log = isProgram(command) ? await logOf(command, { io, args }) : undefined;
  const context = createContext(io, {
    flags: contextFlags(args),
    allCommands: () => Promise.all(COMMANDS.map((it) => it.load())),
    log,
  });
  const { traceCommand } = await import('./start/trace-command.ts');
  const tracing = await traceCommand(context, {
    name: command.name,
    isProgram: isProgram(command),
    acts: command.acts,
  });
  try {
    const reply = await tracing.run(async () => command.run(await around(context), args));
    const exitCode = drawReply(io, reply, manner);
    await tellEnd(command, log, { exitCode, reply });
    return typeof reply === 'object' && 'ok' in reply ? (command.failureExitCode ?? exitCode) : exitCode;
  } catch (error) {
    const exitCode = drawError(io, error, { ...manner, isLogged: log?.ownsStderr });
    await tellEnd(command, log, { exitCode, error });
    return error instanceof Interrupted ? exitCode : (command.failureExitCode ?? exitCode);
  } finally {
    await tracing.end();
    await context.close();
  }
}

/** One that runs for long, and tells what happens meanwhile. */
const isProgram = ({ parameters }: Command): boolean => 'logFormat' in parameters;

async function logOf({ name }: Command, { io, args }: { io: Io; args: Readonly<Record<string, unknown>> }) {
  const [{ openProgramLog }, { logSettings }, { readLocalConfigs }, { lineOfBegin }, { programVersion }] =
    await Promise.all([
      import('./log/program-log.ts'),
      import('./log/settings.ts'),
      import('./start/settings.ts'),
      import('./log/begin-and-end.ts'),
      import('./version.ts'),
    ]);
  const { env, cwd } = io;
  const settings = logSettings(args, { env, cwd, files: await readLocalConfigs(env) });
  const log = await openProgramLog(io, settings, { program: `gityard ${name}`, pid: process.pid });
  if (log.isKept) log.tell(lineOfBegin(name, await programVersion()));
  return log;
}

async function tellEnd({ name }: Command, log: ProgramLog | undefined, end: End): Promise<void> {
  if (!log?.isKept) return;
  const { lineOfEnd } = await import('./log/begin-and-end.ts');
  log.tell(lineOfEnd(name, end));
}

/** `message search --agent` and the like: the same word is read by both. */
function contextFlags(args: Readonly<Record<string, unknown>>): ContextFlags {
  const text = (key: string): string | undefined => (typeof args[key] === 'string' ? args[key] : undefined);
  return {
    json: args.json === true,
    dryRun: args.dryRun === true,
    noSpool: args.noSpool === true,
    reason: text('reason'),
    allowSecrets: Array.isArray(args.allowSecret) ? args.allowSecret : [],
    yard: text('yard'),
    agent: text('agent'),
    refsState: text('refsState'),
    refsLive: text('refsLive'),
    refsLogs: text('refsLogs'),
  };
}

async function showVersion({ io, manner }: Run): Promise<number> {
  const { programVersion } = await import('./version.ts');
  const version = await programVersion();
  io.stdout.write(
    manner.json ? `${JSON.stringify({ version, node: process.versions.node })}\n` : `gityard ${version}\n`,
  );
  return 0;
}

function print(io: Io, lines: readonly Line[]): number {
  io.stdout.write(render(lines, io.colour));
  return 0;
}
