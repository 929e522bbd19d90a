/**
 * The description of every endpoint there is, also of those that a server lacks what they need for: what is published, and what
 * the typed client is made from.
 */
import fastify from 'fastify';
import type { Endpoint } from '../endpoint.ts';
import { register } from '../register.ts';
import type { RouteContext } from '../route-context.ts';
import { ENDPOINTS } from '../routes/list.ts';
import { useValidators } from '../validators.ts';
import { describe } from './describe.ts';

export async function wholeDescription(): Promise<object> {
  const app = fastify();
  useValidators(app);
  await describe(app);
  const nobody = {} as RouteContext;
  register(app, ENDPOINTS.map(silent), nobody);
  await app.ready();
  return app.swagger();
}

/** Nobody asks it anything. */
const silent = (it: Endpoint): Endpoint => ({ ...it, handle: () => () => undefined });
