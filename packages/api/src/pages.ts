/** Everything else: the files of the built dashboard, for all. Names with a hash in them are kept for ever, the page itself never. */
import { resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { RouteContext } from './route-context.ts';

export async function pages(app: FastifyInstance, { options }: RouteContext): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'anyone' };
      route.schema = { ...route.schema, hide: true };
    });
    await scope.register(fastifyStatic, {
      root: resolve(options.pages),
      cacheControl: false,
      dotfiles: 'ignore',
      decorateReply: false,
      // A yard without a built dashboard still has an API; asking for the page is then a plain 404.
      suppressWarning: true,
      setHeaders: (reply, path) => {
        const hashed = /[\\/]assets[\\/]/.test(path);
        reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  });
}
