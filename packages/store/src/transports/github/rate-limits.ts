/**
 * What the host says with every answer of how many requests a token has left. REST and GraphQL are counted apart, each
 * over an hour of its own; whoever plans must mind the one that ends first.
 */
import type { IncomingHttpHeaders } from 'node:http';

import type { RateLimit } from '../transport.ts';

export class RateLimits {
  readonly #byResource = new Map<string, RateLimit>();

  note(headers: IncomingHttpHeaders): void {
    const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((it) =>
      numberIn(headers[`x-ratelimit-${it}`]),
    );
    if (limit === undefined || remaining === undefined || reset === undefined) return;
    const resource = `${headers['x-ratelimit-resource'] ?? 'core'}`;
    this.#byResource.set(resource, { limit, remaining, resetsAtMs: reset * 1000 });
  }

  get scarcest(): RateLimit | undefined {
    const share = (it: RateLimit) => it.remaining / Math.max(1, it.limit);
    return [...this.#byResource.values()].sort((a, b) => share(a) - share(b))[0];
  }
}

function numberIn(value: string | string[] | undefined): number | undefined {
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
}
