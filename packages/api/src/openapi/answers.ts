/** What an endpoint may answer, in the words of the description: its own answers, and the problems that any of its kind can meet. */
import type { Answer, Endpoint } from '../endpoint.ts';

type Described = Readonly<Record<number, object>>;

export function answersOf({ answers, access, params, query, body, method }: Endpoint): Described {
  const takes = params !== undefined || query !== undefined || body !== undefined;
  const problems: (number | false)[] = [
    takes && 400,
    access !== 'anyone' && 401,
    403,
    body !== undefined && 413,
    body !== undefined && 415,
    access !== 'anyone' && 429,
    431,
    (access !== 'anyone' || method !== 'GET') && 503,
  ];
  const named = problems.filter((it) => it !== false).map((status) => [status, problemAnswer(PROBLEMS[status] ?? '')]);
  const own = Object.entries(answers).map(([status, it]) => [
    status,
    Number(status) < 400 ? described(it) : problemAnswer(it.description),
  ]);
  return { ...Object.fromEntries(named), ...Object.fromEntries(own) };
}

function described({ description, schema, type, headers }: Answer): object {
  const content =
    schema === undefined && type === undefined
      ? undefined
      : Object.fromEntries(
          [type ?? 'application/json'].flat().map((it) => [it, { schema: schema ?? { type: 'string' } }]),
        );
  return {
    description,
    ...(content && { content }),
    ...(headers && {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, text]) => [name, { type: 'string', description: text }]),
      ),
    }),
  };
}

const problemAnswer = (description: string): object => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } },
});

const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'What was sent does not fit the description; `detail` says where.',
  401: 'Nobody that we know: no token, or one that is not, or no longer, good.',
  403: 'Known, but the role does not reach; or the request came from the page of another site.',
  413: 'The body is too large.',
  415: 'The body is not JSON.',
  429: 'Too many requests; `retry-after` says when to come again.',
  431: 'The address and the headers are too long.',
  503: 'The yard cannot be read or written now; `retry-after` says when to come again.',
};

/** RFC 9457. */
export const PROBLEM_SCHEMA = {
  $id: 'Problem',
  type: 'object',
  description: 'What is wrong (RFC 9457).',
  properties: {
    type: { type: 'string' },
    title: { type: 'string', description: 'the words of the status' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'which rule said no, e.g. NOT_FOUND' },
    detail: { type: 'string', description: 'a sentence for people: what is wrong, and what to do' },
    instance: { type: 'string', description: 'the path that was asked for' },
  },
  required: ['type', 'title', 'status', 'code', 'detail'],
} as const;
