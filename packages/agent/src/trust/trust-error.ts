/** What is wrong with a key, a signature or a list of signers, told so that its owner can mend it. */
export class TrustError extends Error {
  readonly code: 'SIGNATURE' | 'INVALID_DATA' | 'NOT_FOUND';
  readonly hint: string | undefined;

  constructor(code: TrustError['code'], message: string, { hint, cause }: { hint?: string; cause?: unknown } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'TrustError';
    this.code = code;
    this.hint = hint;
  }
}
