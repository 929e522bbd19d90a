/** The description of the whole API, as this server understands it. */
import type { FastifyInstance } from 'fastify';
import { endpoint } from '../endpoint.ts';
import { JSON_TYPE } from '../kept.ts';

export const openapi = endpoint({
  method: 'GET',
  url: '/openapi.json',
  name: 'readDescription',
  tag: 'server',
  summary: 'This description',
  access: 'anyone',
  answers: { 200: { description: 'OpenAPI 3.1.', schema: { type: 'object' } } },
  handle: () => {
    // Anybody may ask for it, and it takes longer to write than all else that anybody may ask for.
    let text: string | undefined;
    return ({ request, reply }) => {
      const { server } = request as unknown as { readonly server: FastifyInstance };
      text ??= JSON.stringify(server.swagger());
      return reply.header('cache-control', 'no-cache').type(JSON_TYPE).send(text);
    };
  },
});
