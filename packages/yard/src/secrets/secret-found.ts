/** Thrown where nobody answers with a refusal: what was to be written holds what looks like a secret. */
export class SecretFound extends Error {
  readonly code = 'SECRET_FOUND';

  constructor(reason: string) {
    super(reason);
    this.name = 'SecretFound';
  }
}
