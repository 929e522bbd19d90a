/** What a route file is: a function that adds one route to the server, given what all of them may use. */
import type { FastifyInstance } from 'fastify';
import type { Followers } from '../followers.ts';
import type { ApiOptions } from '../options.ts';
import type { Sessions } from '../sessions.ts';

export interface RouteContext {
  readonly options: ApiOptions;
  readonly followers: Followers;
  readonly sessions: Sessions;
  /** Aborts when the server closes: long answers end by it. */
  readonly closing: AbortSignal;
}

export type Route = (app: FastifyInstance, context: RouteContext) => unknown;
