/**
 * How often one caller may ask, and how often an address may show a token or a key that is not good. Keys and tokens have more
 * bits than anybody can try: what a limit protects is this machine, and its log. So whoever shows a good one is let in, however
 * many bad ones came from the same address before: others may share it.
 */
import rateLimit, { type CreateRateLimitOptions, normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Problem } from '../problem.ts';

declare module 'fastify' {
  interface FastifyInstance {
    rates: Rates;
  }
}

/** A minute. */
export interface RateLimits {
  /** A page reads each file of a yard by itself, thousands of them when it is first opened. */
  readonly reads: number;
  readonly writes: number;
  readonly failedLogins: number;
}
const LIMITS: RateLimits = { reads: 20_000, writes: 600, failedLogins: 20 };

interface Rates {
  /** undefined: it may. Counts it. */
  ofCaller(request: FastifyRequest): Promise<Problem | undefined>;
  /** The same for one who failed to say who it is. */
  ofFailure(request: FastifyRequest): Promise<Problem | undefined>;
}

export async function limitRates(app: FastifyInstance, limits: Partial<RateLimits> = {}): Promise<void> {
  const { reads, writes, failedLogins } = { ...LIMITS, ...limits };
  await app.register(rateLimit, { global: false });
  const limiter = (max: number, keyGenerator: Key, what: string): Rates['ofCaller'] => {
    const ask = app.createRateLimit({ max, timeWindow: 60_000, keyGenerator } satisfies CreateRateLimitOptions);
    return async (request) => {
      const asked = await ask(request);
      return !asked.isAllowed && asked.isExceeded ? tooMany(`${max} ${what}`, asked.ttlInSeconds) : undefined;
    };
  };
  const [read, write] = [
    limiter(reads, callerKey, 'requests'),
    limiter(writes, callerKey, 'requests that change something'),
  ];
  app.decorate('rates', {
    ofCaller: (request) => (request.method === 'GET' || request.method === 'HEAD' ? read(request) : write(request)),
    ofFailure: limiter(failedLogins, ({ ip }) => normalizeIP(ip), 'tokens or keys that are not good'),
  });
}

type Key = (request: FastifyRequest) => string;

/** Whose a request is. Of IPv6 the network: whoever has one has all of its addresses. */
export const callerKey: Key = ({ caller, ip }) => (caller === null ? normalizeIP(ip) : `${caller.by} ${caller.id}`);

const tooMany = (most: string, seconds: number): Problem => ({
  status: 429,
  code: 'RATE_LIMITED',
  detail: `more than ${most} came within a minute; come again in ${seconds} s`,
  headers: { 'retry-after': `${seconds}` },
});
