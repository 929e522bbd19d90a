/**
 * How a command fails: a code for programs, a sentence and a hint for people. Whatever is thrown anywhere below becomes
 * one of these here, what the system says included; what nobody foresaw is `INTERNAL`, and asks for a report.
 */
import type { RefusalCode } from '@gityard/domain';
import { type ErrorCode, isKnownCode } from './exit-codes.ts';
import { hintFor } from './hints.ts';
import { systemFailure } from './system-failure.ts';

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

export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: 'INTERNAL', message: String(error), hint: hintFor('INTERNAL') };
  const { code, hint, mayHaveLanded, retryAfterMs } = error as Partial<Record<string, unknown>> & Error;
  if (isKnownCode(code)) {
    const details = {
      ...(mayHaveLanded === true && { mayHaveLanded }),
      ...(typeof retryAfterMs === 'number' && { retryAfterMs }),
    };
    return {
      code,
      message: error.message,
      hint: typeof hint === 'string' && hint !== '' ? hint : hintFor(code),
      details,
    };
  }
  return systemFailure(error) ?? { code: 'INTERNAL', message: error.message || error.name, hint: hintFor('INTERNAL') };
}
