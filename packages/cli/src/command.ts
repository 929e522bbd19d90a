/**
 * What a command is: a name, what it takes, and a function to a reply. Its parameters are values with types, so that what
 * `run` receives is known to the compiler, and help and completion are drawn from the same list. Knows no command.
 */
import type { Refused } from '@gityard/domain';
import type { Context } from './context.ts';
import type { ArgumentsOf, Parameters } from './parameters.ts';
import type { Line } from './text/lines.ts';

/** Drawn once, as JSON or as text, when the command is done. */
export interface Answer {
  readonly value: unknown;
  readonly text: () => readonly Line[];
  readonly exitCode: number;
}
/** A refusal is drawn like an error; a bare number is the exit code of a command that drew for itself. */
export type Reply = Answer | Refused | number;

interface CommandOf<P extends Parameters> {
  readonly name: string;
  readonly summary: string;
  /** More than the summary can say; whole sentences. */
  readonly details?: string;
  /** One command line that works as it stands. */
  readonly example: string;
  readonly parameters: P;
  /** `acts` = it changes the state, and takes --reason and --dry-run. */
  readonly acts?: boolean;
  /** What every failure of its own exits with, where the exit code belongs to another program (`lock run`). */
  readonly failureExitCode?: number;
  run(context: Context, args: ArgumentsOf<P>): Promise<Reply>;
}
export type Command = CommandOf<Parameters>;

/** The compiler sees each command with its own arguments; the program sees them all as one type. */
export const defineCommand = <const P extends Parameters>(command: CommandOf<P>): Command =>
  command as unknown as Command;

export const answer = (value: unknown, text: () => readonly Line[], exitCode = 0): Answer => ({
  value,
  text,
  exitCode,
});

/** A member of `commands/list.ts`: enough for help and completion without loading the command. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<Command>;
}
