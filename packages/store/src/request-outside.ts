/**
 * One request to a server that is not the yard's, on the way that Git's own requests take: the same proxies, the same
 * authorities. Follows nobody elsewhere.
 */
import { findRoute } from './transports/access/route.ts';
import { type HttpReply, send } from './transports/http-request.ts';

export interface OutsideRequest {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Of the answer. */
  readonly mostBytes: number;
  /** Where proxies and authorities are looked for; those of this process. */
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  /** For a connection to be made. */
  readonly connectMs?: number;
  /** Without a byte. */
  readonly idleMs?: number;
}

const LONGEST_MS = 3_600_000;

/** Throws StoreError, whose text names the host alone: the rest of an address may be a secret. */
export async function requestOutside(target: URL, request: OutsideRequest): Promise<HttpReply> {
  const { method = 'GET', headers, body, mostBytes, env = process.env, signal } = request;
  const { connectMs = 10_000, idleMs = 60_000 } = request;
  const route = await findRoute(target, { env, connectMs });
  try {
    return await send({
      ...{ target: target.href, method, headers: { 'User-Agent': 'gityard', ...headers }, route, signal, mostBytes },
      ...(body && { body }),
      limits: { connectMs, idleMs, totalMs: LONGEST_MS },
      changes: method !== 'GET',
    });
  } finally {
    route.agent.destroy();
  }
}
