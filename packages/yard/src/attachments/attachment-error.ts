/** Why a file that a message brings cannot be sent, or is not to be had. */
export class AttachmentError extends Error {
  readonly code: 'NOT_FOUND' | 'INVALID_DATA' | 'TOO_LARGE';
  readonly hint: string;

  constructor(code: AttachmentError['code'], message: string, hint: string) {
    super(message);
    this.name = 'AttachmentError';
    this.code = code;
    this.hint = hint;
  }
}
