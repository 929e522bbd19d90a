/**
 * How the store fails when the world does: a code for programs, a sentence and a hint for people. What the domain
 * refuses is no error and never appears here.
 */
export type StoreErrorCode =
  | 'REMOTE_UNREACHABLE'
  | 'REMOTE_INVALID'
  | 'RATE_LIMITED'
  | 'BRANCH_MISSING'
  | 'HISTORY_REWRITTEN'
  | 'DENIED'
  | 'CONFLICT'
  /** The repository's disk, not ours: it is full, or cannot be written. */
  | 'DISK_FULL'
  | 'READ_ONLY'
  | 'TIMEOUT';

export interface StoreErrorDetails {
  /** What a person can do about it. */
  readonly hint: string;
  /** The change was sent, and nobody can say whether it arrived: look before doing it again. */
  readonly mayHaveLanded?: boolean;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

export class StoreError extends Error {
  readonly code: StoreErrorCode;
  readonly hint: string;
  readonly mayHaveLanded: boolean;
  readonly retryAfterMs?: number;

  constructor(code: StoreErrorCode, message: string, details: StoreErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'StoreError';
    this.code = code;
    this.hint = details.hint;
    this.mayHaveLanded = details.mayHaveLanded ?? false;
    if (details.retryAfterMs !== undefined) this.retryAfterMs = details.retryAfterMs;
  }
}

/** The same failure, told to somebody whose change may have arrived before it. */
export function asMaybeLanded(error: unknown): unknown {
  if (!(error instanceof StoreError) || error.mayHaveLanded) return error;

  const { code, message, hint, retryAfterMs } = error;
  return new StoreError(code, message, { hint, retryAfterMs, mayHaveLanded: true, cause: error });
}
