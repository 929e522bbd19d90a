/**
 * The two ways in which something here fails. A `GitServerError` is for the program that runs the server;
 * an `HttpProblem` is for the client of one request and becomes its reply in exactly one place (`exchange.ts`).
 */
export class GitServerError extends Error {
  readonly code: 'HOST_NOT_LOOPBACK' | 'PORT_UNAVAILABLE' | 'BAD_REPOSITORY_NAME' | 'GIT_FAILED';

  constructor(code: GitServerError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'GitServerError';
    this.code = code;
  }
}

/** A reply other than 200: its status, one line of text, and the headers that belong to it. */
export class HttpProblem extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'HttpProblem';
    this.status = status;
    this.headers = headers;
  }
}

/** What a client hears when every slot and every place in the waiting line is taken, or the server closes. */
export function busy(why: string): HttpProblem {
  return new HttpProblem(503, `${why}; try again in a second`, { 'Retry-After': '1' });
}
