/** What a command is made of, in reading order; the program itself is main.ts. */
export { type Answer, answer, type Command, type CommandEntry, defineCommand, type Reply } from './command.ts';
export { COMMANDS } from './commands/list.ts';
export type { Context } from './context.ts';
export { CliError } from './errors.ts';
export { runProgram } from './program.ts';
