/** Tokens of programs: given out, listed and taken back by admins. */
import { closed, publishedSchema, ROLES } from '@gityard/domain';
import { endpoint } from '../endpoint.ts';
import { keyedId } from '../keyed-id.ts';
import { type Problem, sendProblem } from '../problem.ts';
import { listOf, text, words } from '../schemas.ts';

const DAY_SECONDS = 86_400;
const { $schema: _, ...RECORD } = publishedSchema('token') as Record<string, unknown>;

export const issueToken = endpoint({
  method: 'POST',
  url: '/api/v1/tokens',
  name: 'issueToken',
  tag: 'tokens',
  summary: 'Gives a program a token',
  description:
    'It is shown this once; afterwards nobody can read it, only revoke it. The same Idempotency-Key of the same caller is the same token.',
  access: 'Admin',
  idempotent: true,
  body: closed(
    {
      subject: { ...text, minLength: 1, maxLength: 100, description: 'in whose name its holder acts' },
      role: { enum: ROLES },
      namespaces: {
        ...listOf({ ...text, pattern: '^[a-z0-9][a-z0-9._-]{0,99}$' }),
        maxItems: 50,
        default: [],
        description: 'whose jobs alone it may change; none: everything that its role may',
      },
      lastsSeconds: { type: 'integer', minimum: 60, maximum: 90 * DAY_SECONDS, default: DAY_SECONDS },
    },
    ['subject', 'role'],
  ),
  answers: {
    201: {
      description: 'Issued.',
      schema: { ...closed({ token: text, record: RECORD }, ['token', 'record']) },
      headers: { location: 'of its record' },
    },
    404: { description: 'The yard has no such namespace.' },
    409: { description: 'That Idempotency-Key is of another token, or of one that was revoked.' },
  },
  handle: ({ options: { tokens } }) =>
    tokens &&
    (async ({ body, request, reply }) => {
      const issued = await tokens.issue({ ...body, id: keyedId(request, 'token') }, request.caller?.name ?? '');
      if (!issued.ok) return sendProblem(reply, refused(issued));
      const location = `/api/v1/tokens/${issued.value.record.id}`;
      return reply.code(201).headers({ location, 'cache-control': 'no-store' }).send(issued.value);
    }),
});

export const listTokens = endpoint({
  method: 'GET',
  url: '/api/v1/tokens',
  name: 'listTokens',
  tag: 'tokens',
  summary: 'Who has tokens, and which were revoked',
  access: 'Admin',
  answers: { 200: { description: 'The newest first.', schema: closed({ tokens: listOf(RECORD) }, ['tokens']) } },
  handle: ({ options: { tokens } }) =>
    tokens && (({ reply }) => reply.header('cache-control', 'no-store').send({ tokens: tokens.list() })),
});

export const revokeToken = endpoint({
  method: 'DELETE',
  url: '/api/v1/tokens/:id',
  name: 'revokeToken',
  tag: 'tokens',
  summary: 'Takes a token back, for good',
  access: 'Admin',
  params: words({ id: { ...text, description: 'of the token, as the list of tokens has it' } }, ['id']),
  answers: {
    200: { description: 'It is good for nothing any more.', schema: RECORD },
    404: { description: 'There is none.' },
  },
  handle: ({ options: { tokens } }) =>
    tokens &&
    (async ({ params: { id }, request, reply }) => {
      const revoked = await tokens.revoke(id, request.caller?.name ?? '');
      if (!revoked.ok) return sendProblem(reply, refused(revoked));
      return reply.header('cache-control', 'no-store').send(revoked.value);
    }),
});

const STATUS_OF: Readonly<Record<string, number>> = { NOT_FOUND: 404, INVALID_DATA: 400, CONFLICT: 409 };
const refused = ({ code, reason }: { code: string; reason: string }): Problem => ({
  status: STATUS_OF[code] ?? 503,
  code,
  detail: reason,
});
