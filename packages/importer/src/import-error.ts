/** How an import fails as a whole: a code that programs know, a sentence, and what to do. What fails in part is in the report. */
export class ImportError extends Error {
  readonly code:
    | 'USAGE'
    | 'NOT_FOUND'
    | 'REMOTE_UNREACHABLE'
    | 'INVALID_DATA'
    | 'CONFLICT'
    | 'TOO_LARGE'
    | 'SECRET_FOUND';
  readonly hint: string;

  constructor(code: ImportError['code'], message: string, { hint, cause }: { hint: string; cause?: unknown }) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ImportError';
    this.code = code;
    this.hint = hint;
  }
}
