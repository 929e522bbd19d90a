/**
 * Calls the API by the names of its operations, with the types of its description. A no is an error that bears the problem which
 * the server told of; nothing is tried twice: whoever calls knows what may be.
 */
import { OPERATIONS, type Operations, type Problem } from './generated.ts';

export type OperationName = keyof Operations;
export type AnswerOf<N extends OperationName> = Operations[N]['answer'];

/** What an operation takes; what it does not take is left out. */
type Asked<N extends OperationName> = {
  readonly [K in 'params' | 'query' | 'body' as Operations[N][K] extends undefined ? never : K]: Operations[N][K];
} & {
  /** The same key with the same body is done once. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
};

export interface ApiAddress {
  /** Of the server: `https://yard.example:7420`. */
  readonly url: string;
  /** Made by `gityard token new`. */
  readonly token?: string;
  readonly fetch?: typeof globalThis.fetch;
}

export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ApiError';
    this.problem = problem;
  }
}

/** Throws ApiError for a no, and what `fetch` throws when nobody answers. */
export function apiCaller({ url, token, fetch = globalThis.fetch }: ApiAddress) {
  return async <N extends OperationName>(name: N, asked: Asked<N>): Promise<AnswerOf<N>> => {
    const { params, query, body, idempotencyKey, signal } = asked as Loose;
    const [method, path] = OPERATIONS[name];
    const answer = await fetch(addressOf(url, path, { params, query }), {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
    if (!answer.ok) throw new ApiError(await problemIn(answer));
    return (await contentOf(answer)) as AnswerOf<N>;
  };
}

type Words = Readonly<Record<string, unknown>>;
interface Loose {
  readonly params?: Words;
  readonly query?: Words;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

function addressOf(base: string, path: string, { params = {}, query = {} }: Pick<Loose, 'params' | 'query'>): URL {
  const filled = path.replace(/\{([^}]+)\}/g, (_, name: string) =>
    // A path in an address keeps its slashes.
    String(params[name])
      .split('/')
      .map(encodeURIComponent)
      .join(name === 'path' ? '/' : '%2F'),
  );
  const address = new URL(filled.slice(1), base.endsWith('/') ? base : `${base}/`);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) address.searchParams.set(name, `${value}`);
  return address;
}

async function contentOf(answer: Response): Promise<unknown> {
  if (answer.status === 204) return undefined;
  const type = answer.headers.get('content-type') ?? '';
  if (/^application\/json\b/.test(type)) return answer.json();
  return type.startsWith('text/') ? answer.text() : new Uint8Array(await answer.arrayBuffer());
}

/** What stands before the server may say no in a form of its own. */
export async function problemIn(answer: Response): Promise<Problem> {
  const said = (await answer.json().catch(() => ({}))) as Partial<Problem>;
  const { status, statusText: title } = answer;
  return { type: 'about:blank', title, status, code: 'UNKNOWN', detail: `the server answered with ${status}`, ...said };
}
