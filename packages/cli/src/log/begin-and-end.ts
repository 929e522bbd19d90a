/** What stands first and last in a log that is kept: who reads nothing else must learn that the program ran, and how it ended. */
import type { LogLine } from '@gityard/telemetry';
import type { Reply } from '../command.ts';
import { Interrupted } from '../errors.ts';
import { failureOf } from '../failure-of.ts';

export const lineOfBegin = (name: string, version: string): LogLine => ({
  level: 'info',
  text: `gityard ${name} begins`,
  facts: { version, node: process.versions.node },
});

export interface End {
  readonly exitCode: number;
  /** What it answered, if it did. */
  readonly reply?: Reply;
  /** What was thrown, if anything was. */
  readonly error?: unknown;
}

export function lineOfEnd(name: string, { exitCode, reply, error }: End): LogLine {
  const ends = `gityard ${name} ends`;
  if (error === undefined || error instanceof Interrupted) {
    const reason = reasonIn(reply);
    const text = reason === undefined ? ends : `${ends}: ${reason}`;
    return { level: exitCode === 0 ? 'info' : 'warn', text, facts: { exitCode } };
  }
  const { code, message, hint } = failureOf(error);
  // Of what nobody foresaw, there may be no second time to look at.
  const stack = code === 'INTERNAL' && error instanceof Error ? error.stack : undefined;
  return {
    level: 'error',
    text: `${ends}: ${message}${hint === '' ? '' : `; ${hint}`}`,
    facts: { exitCode, code, stack },
  };
}

/** Of a refusal, or of an answer that gives one. */
function reasonIn(reply: Reply | undefined): string | undefined {
  if (typeof reply !== 'object') return undefined;
  const reason = 'ok' in reply ? reply.reason : (reply.value as { readonly reason?: unknown } | null)?.reason;
  return typeof reason === 'string' ? reason : undefined;
}
