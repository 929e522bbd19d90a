/** The description of the whole API, as this server understands it. */
import type { FastifyInstance } from 'fastify';
import { endpoint } from '../endpoint.ts';

export const openapi = endpoint({
  method: 'GET',
  url: '/openapi.json',
  name: 'readDescription',
  tag: 'server',
  summary: 'This description',
  access: 'anyone',
  answers: { 200: { description: 'OpenAPI 3.1.', schema: { type: 'object' } } },
  handle:
    () =>
    ({ request, reply }) => {
      const { server } = request as unknown as { readonly server: FastifyInstance };
      return reply.header('cache-control', 'no-cache').send(server.swagger());
    },
});
