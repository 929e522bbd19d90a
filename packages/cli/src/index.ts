/** What a command is made of, in reading order; the program itself is main.ts. */
export { type Answer, answer, type Command, type CommandEntry, defineCommand, type Reply } from './command.ts';
export { findCommand } from './commands/find-command.ts';
export { COMMANDS } from './commands/list.ts';
export type { Context } from './context.ts';
export { CliError } from './errors.ts';
export { EXIT_CODES_MEAN, type ErrorCode, exitCodeOf } from './exit-codes.ts';
export { ACTING_FLAGS, GLOBAL_FLAGS } from './globals.ts';
export { flagText, usageLine } from './help.ts';
export type { Parameters } from './parameters.ts';
export { parseArguments } from './parse-arguments.ts';
export { runProgram } from './program.ts';
