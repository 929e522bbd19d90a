import type { Cause } from '@gityard/domain';

/** Why an agent does not change to another program; it runs on as it is. */
export class UpdateError extends Error {
  readonly failure: Cause;

  constructor(failure: Cause, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UpdateError';
    this.failure = failure;
  }
}
