/** Draws what a command answers or how it failed: values on stdout, one line of trouble on stderr, and the exit code. */
import type { Answer, Reply } from './command.ts';
import { type Failure, Interrupted } from './errors.ts';
import { exitCodeOf } from './exit-codes.ts';
import { failureOf } from './failure-of.ts';
import { hintForRefusal } from './hints.ts';
import type { Io } from './start/io.ts';
import { bad, dim, line } from './text/lines.ts';
import { render } from './text/render.ts';

export interface Manner {
  readonly json: boolean;
  readonly debug: boolean;
  /** What goes to stderr is a log that tells of the failure itself. */
  readonly isLogged?: boolean | undefined;
}

export function drawReply(io: Io, reply: Reply, manner: Manner): number {
  if (typeof reply === 'number') return reply;
  if ('ok' in reply) {
    const { code, reason, refs } = reply;
    return drawFailure(io, { code, message: reason, hint: hintForRefusal(code), details: { refs } }, manner);
  }
  return drawAnswer(io, reply, manner);
}

function drawAnswer(io: Io, { value, text, exitCode }: Answer, { json }: Manner): number {
  io.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : render(text(), io.colour));
  return exitCode;
}

export function drawError(io: Io, error: unknown, manner: Manner): number {
  if (error instanceof Interrupted) return error.exitCode;
  const exitCode = drawFailure(io, failureOf(error), manner);
  if (manner.debug && !manner.isLogged && error instanceof Error) io.stderr.write(`${error.stack}\n${causesOf(error)}`);
  return exitCode;
}

function drawFailure(io: Io, { code, message, hint, details }: Failure, { json, isLogged }: Manner): number {
  if (json) io.stdout.write(`${JSON.stringify({ error: { code, message, hint, ...details } }, null, 2)}\n`);
  if (isLogged) return exitCodeOf(code);
  const told = line(bad('gityard: '), message, hint === '' ? '' : `; ${hint}`, dim(` [${code}]`));
  io.stderr.write(render([told], io.colour));
  return exitCodeOf(code);
}

function causesOf({ cause }: Error): string {
  return cause instanceof Error ? `caused by ${cause.stack}\n${causesOf(cause)}` : '';
}
