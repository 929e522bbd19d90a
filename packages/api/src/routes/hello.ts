/** `GET /api/v1/hello`: that this is Gityard, of which yard, and whether whoever asks may give commands. */
import { SCHEMA_VERSION } from '@gityard/domain';
import type { FastifyInstance } from 'fastify';
import type { RouteContext } from './route.ts';

export function hello(app: FastifyInstance, { options: { source, desk }, sessions }: RouteContext): void {
  app.get('/api/v1/hello', (request, reply) => {
    const mayCommand = desk !== undefined && sessions.nameOf(request) !== undefined;
    return reply.header('cache-control', 'no-store').send({
      program: 'gityard',
      schemaVersion: SCHEMA_VERSION,
      yard: source.current()?.yard ?? null,
      commands: mayCommand ? 'direct' : 'no',
    });
  });
}
