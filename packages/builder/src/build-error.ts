/**
 * The one way in which a step of a build ends it early. Its code is the cause that the outcome will carry, its
 * message the reason that a person reads. It is thrown by the step and caught once, in `run-job.ts`.
 */
import type { Cause } from '@gityard/domain';

export interface BuildErrorFacts extends ErrorOptions {
  readonly exitCode?: number | null;
  readonly signal?: string | null;
}

export class BuildError extends Error {
  readonly code: Cause;
  readonly exitCode: number | null;
  readonly signal: string | null;

  constructor(code: Cause, message: string, { exitCode = null, signal = null, cause }: BuildErrorFacts = {}) {
    super(message, { cause });
    this.name = 'BuildError';
    this.code = code;
    this.exitCode = exitCode;
    this.signal = signal;
  }
}

/** A full disk, a missing right, a vanished folder: the world's fault, not the build's and not a bug of ours. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === 'string';
}
