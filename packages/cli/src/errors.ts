/** How a command fails: a code for programs, a sentence and a hint for people. Thrown by commands, drawn in one place. */
import type { RefusalCode } from '@gityard/domain';
import type { ErrorCode } from './exit-codes.ts';

export interface Failure {
  readonly code: ErrorCode | RefusalCode;
  readonly message: string;
  readonly hint: string;
  /** More for programs: ids, `mayHaveLanded`, `retryAfterMs`. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export class CliError extends Error {
  readonly code: Failure['code'];
  readonly hint: string;

  constructor(code: Failure['code'], message: string, { hint = '', cause }: { hint?: string; cause?: unknown } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CliError';
    this.code = code;
    this.hint = hint;
  }
}

export const usageError = (message: string, hint: string): CliError => new CliError('USAGE', message, { hint });

/** Ended by a signal: nothing to tell, the exit code says it all. */
export class Interrupted extends Error {
  readonly exitCode: number;

  constructor(exitCode: number) {
    super('interrupted');
    this.name = 'Interrupted';
    this.exitCode = exitCode;
  }
}
