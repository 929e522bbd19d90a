/**
 * The answers without an end that are open: how many there may be, in all and for one caller, and how they end: when the server
 * closes, and when the token that opened one is no good any more. What is told over them is not known here.
 */
import type { ServerResponse } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { callerKey } from './access/rates.ts';
import type { Problem } from './problem.ts';

/** One of so many parts is the most that one caller may have: nobody keeps all others out. */
const SHARES = 4;

export class Followers {
  readonly #open = new Map<ServerResponse, string>();
  readonly #limit: number;
  readonly #ofOne: number;

  constructor(limit: number) {
    this.#limit = limit;
    this.#ofOne = Math.ceil(limit / SHARES);
  }

  get size(): number {
    return this.#open.size;
  }

  /** undefined: it may follow, and counts until its connection ends. */
  admit(request: FastifyRequest, response: ServerResponse, { recheckMs }: { recheckMs: number }): Problem | undefined {
    const by = callerKey(request);
    if (this.size >= this.#limit) return TOO_MANY_FOLLOWERS;
    if ([...this.#open.values()].filter((it) => it === by).length >= this.#ofOne) return tooManyOfOne(this.#ofOne);
    this.#open.set(response, by);
    const stopLooking = endWithItsToken(request, response, recheckMs);
    response.once('close', () => {
      stopLooking();
      this.#open.delete(response);
    });
    return undefined;
  }

  endAll(): void {
    for (const response of this.#open.keys()) response.end();
  }
}

/** A token may expire or be revoked while its holder looks on. */
function endWithItsToken({ caller }: FastifyRequest, response: ServerResponse, everyMs: number): () => void {
  if (caller === null) return () => undefined;
  const look = async (): Promise<void> => {
    // That the yard cannot be read now is no reason to send anybody away.
    const isGood = await caller.isStillGood().catch(() => true);
    if (!isGood) response.destroy();
  };
  const timer = setInterval(() => void look(), everyMs);
  return () => clearInterval(timer);
}

const TOO_MANY_FOLLOWERS: Problem = {
  status: 503,
  code: 'TOO_MANY_FOLLOWERS',
  detail: 'as many follow this server as it serves; close one, or read /api/v1/snapshot now and then',
  headers: { 'retry-after': '30' },
};
const tooManyOfOne = (most: number): Problem => ({
  status: 429,
  code: 'TOO_MANY_FOLLOWERS',
  detail: `you follow this server ${most} times already, which is the most for one caller; close one`,
  headers: { 'retry-after': '30' },
});
