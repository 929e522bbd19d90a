/**
 * Every request of this worker goes through here: how long it took, what it cost, and what the host says is left. The last
 * ones are kept for people who want to know what the page asks.
 */
import type { Budget, Request } from '../protocol.ts';
import { budgetIn } from './budget-in.ts';

const MOST = 20;

export class RequestLog {
  /** Newest first. */
  requests: readonly Request[] = [];
  onNote: (budget: Budget | null) => void = () => undefined;

  /** The same function, seen. Nothing of headers or bodies is kept. */
  counted(fetch: typeof globalThis.fetch, now: () => number = Date.now): typeof globalThis.fetch {
    return async (input, init) => {
      const url = new URL(typeof input === 'object' && 'url' in input ? input.url : input);
      const request = { at: now(), what: `${init?.method ?? 'GET'} ${url.host}${url.pathname}` };
      try {
        const response = await fetch(input, init);
        const budget = budgetIn(response.headers);
        const isFree = budget === null || (response.status === 304 && new Headers(init?.headers).has('authorization'));
        this.#note({ ...request, ms: now() - request.at, status: response.status, cost: isFree ? 0 : 1 }, budget);
        return response;
      } catch (error) {
        this.#note({ ...request, ms: now() - request.at, status: 0, cost: 0 }, null);
        throw error;
      }
    };
  }

  #note(request: Request, budget: Budget | null): void {
    this.requests = [request, ...this.requests].slice(0, MOST);
    this.onNote(budget);
  }
}
