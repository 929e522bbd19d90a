/** Adds endpoints to the router: their checks, their types and their place in the description, all from the one value. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Endpoint } from './endpoint.ts';
import { answersOf } from './openapi/answers.ts';
import type { RouteContext } from './route-context.ts';

export function register(app: FastifyInstance, endpoints: readonly Endpoint[], context: RouteContext): void {
  for (const it of endpoints) {
    const handle = it.handle(context);
    if (handle) add(app, it, handle);
  }
}

type Handle = NonNullable<ReturnType<Endpoint['handle']>>;

function add(app: FastifyInstance, it: Endpoint, handle: Handle): void {
  const { method, url, access } = it;
  app.route({
    method,
    url,
    exposeHeadRoute: method === 'GET',
    config: {
      access,
      ...(it.onlyFromPage && { onlyFromPage: true }),
      ...(it.streams && { streams: true }),
      ...(it.minds && { minds: it.minds }),
    },
    schema: schemaOf(it),
    handler: (request: FastifyRequest, reply: FastifyReply) => {
      const { params, query, body } = request;
      return handle({ params, query, body, request, reply } as never);
    },
  });
}

function schemaOf(it: Endpoint): object {
  const { name, tag, summary, description, access, params, query, body } = it;
  return {
    operationId: name,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    ...(access === 'anyone' && { security: [] }),
    ...(access === 'link' && { security: [{ token: [] }, { session: [] }, { link: [] }] }),
    ...(params !== undefined && { params }),
    ...(query !== undefined && { querystring: query }),
    headers: headersOf(it),
    ...(body !== undefined && { body }),
    response: answersOf(it),
  };
}

function headersOf({ headers = {}, idempotent }: Endpoint): object {
  const described = Object.entries(headers).map(([name, description]) => [name, { type: 'string', description }]);
  const properties = { ...Object.fromEntries(described), ...(idempotent && { 'idempotency-key': IDEMPOTENCY_KEY }) };
  return { type: 'object', properties, required: [] };
}

const IDEMPOTENCY_KEY = {
  type: 'string',
  pattern: '^[\\x21-\\x7e]{1,200}$',
  description:
    '1 to 200 visible ASCII characters: the same key with the same body has the same answer, and nothing is done twice, also after a restart of the server',
};
