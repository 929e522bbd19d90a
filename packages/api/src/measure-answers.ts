/** Tells how long each answer took, by the address of its endpoint and never by what a caller wrote. */
import type { FastifyInstance } from 'fastify';
import type { MetricsSource } from './options.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its answer has no end of its own. */
    streams?: boolean;
  }
}

export function measureAnswers(app: FastifyInstance, metrics: MetricsSource | undefined): void {
  if (!metrics) return;
  app.addHook('onResponse', async (request, reply) => {
    const { method, is404, routeOptions } = request;
    if (routeOptions.config.streams) return;
    const route = is404 ? '' : (routeOptions.url ?? '');
    metrics.answered({ method, route, status: reply.statusCode, seconds: reply.elapsedTime / 1000 });
  });
}
