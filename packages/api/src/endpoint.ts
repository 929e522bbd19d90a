/**
 * What an endpoint is: its address, who may call it, what it takes and what it answers, in one value. The router, the validators,
 * the types of its handler and the OpenAPI description are all made from it, so that none of them can differ from the others.
 */
import type { TypeOf } from '@gityard/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Access } from './access/roles.ts';
import type { RouteContext } from './route-context.ts';

type Tag = 'builds' | 'agents' | 'artifacts' | 'tokens' | 'yard' | 'page' | 'server';

/** As `closed()` of the domain makes it; with null where nothing need be sent. */
export interface ObjectSchema {
  readonly type: 'object' | readonly ['object', 'null'];
  readonly properties: Readonly<Record<string, object>>;
  readonly required: readonly string[];
}

export interface Answer {
  readonly description: string;
  /** Of its JSON; none: it has no body, or one of another type. */
  readonly schema?: object;
  /** Several: which of them is chosen by what the caller accepts. */
  readonly type?: string | readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

type Taken<S> = S extends ObjectSchema ? TypeOf<S> : undefined;

interface Asked<P, Q, B> {
  readonly params: Taken<P>;
  readonly query: Taken<Q>;
  readonly body: Taken<B>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export interface Endpoint<P = unknown, Q = unknown, B = unknown> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** As the router writes it: `/api/v1/builds/:id`. */
  readonly url: string;
  /** `operationId` of the description, by which the typed client calls it. */
  readonly name: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  /** POST: takes an `Idempotency-Key`. */
  readonly idempotent?: boolean;
  /** Only a page that this server has sent may ask. */
  readonly onlyFromPage?: boolean;
  /** It keeps to the namespaces of its caller. One that changes something and does not is closed to whoever has some. */
  readonly minds?: 'namespaces';
  /** Its answer has no end of its own; to a HEAD it sends the head alone. */
  readonly streams?: boolean;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Headers of the request that it heeds, with what they are for. */
  readonly headers?: Readonly<Record<string, string>>;
  /** By status. Problems of the door (400, 401, 403, 413, 415, 429, 503) are added by themselves. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** What it returns is sent; undefined: not there on this server. */
  handle(context: RouteContext): ((asked: Asked<P, Q, B>) => unknown) | undefined;
}

/** Says the types once, in the schemas. */
export const endpoint = <const P, const Q, const B>(it: Endpoint<P, Q, B>): Endpoint => it as unknown as Endpoint;
