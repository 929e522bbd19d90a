/** What keeps a place for large files from doing its part: codes that faces know, and what a person can do about it. */
export type StoreErrorCode = 'REMOTE_UNREACHABLE' | 'DENIED' | 'REMOTE_INVALID' | 'INVALID_DATA' | 'USAGE';

export class StoreError extends Error {
  readonly code: StoreErrorCode;
  readonly hint: string;

  constructor(code: StoreErrorCode, message: string, { hint = '', cause }: { hint?: string; cause?: unknown } = {}) {
    super(message, { cause });
    this.name = 'StoreError';
    this.code = code;
    this.hint = hint;
  }
}

/** What may be better in a moment: a place that is away, not one that knows us and says no. */
export const mayPass = (error: unknown): boolean => error instanceof StoreError && error.code === 'REMOTE_UNREACHABLE';

export function damaged(file: string): StoreError {
  return new StoreError('INVALID_DATA', `${file} is not what its digest says`, {
    hint: 'it changed after it was hashed, or its disk is damaged: build it again',
  });
}
