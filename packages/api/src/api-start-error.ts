/** The API could not begin to listen. `code` is one of the program's error codes, so that a face knows its exit code. */
export class ApiStartError extends Error {
  readonly code: 'POLICY' | 'USAGE';

  constructor(code: 'POLICY' | 'USAGE', message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ApiStartError';
    this.code = code;
  }
}
