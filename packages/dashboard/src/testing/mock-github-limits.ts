/** How GitHub counts: an hour's window for each network without a token and for each token, and a minute's for all they do. */
import type { HostAnswer } from './mock-host.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const POINTS_A_MINUTE = 900;
const WRITES_A_MINUTE = 80;

export interface Allowances {
  readonly limit: number;
  readonly limitWithToken: number;
  /** GitHub answers with either. */
  readonly limitStatus: 403 | 429;
}
export interface Caller {
  readonly ip: string;
  readonly token: string | null;
}

export class GithubLimits {
  readonly #windows = new Map<string, { used: number; resetsAt: number }>();
  readonly #lately = new Map<string, { at: number; points: number }[]>();

  /** How many requests the caller has made in the window that runs. */
  used(caller: Caller, now: number): number {
    return this.#window(caller, now).used;
  }

  /** The no, where there is one. Counts nothing yet: whether a request is charged shows with its answer. */
  refusal(
    caller: Caller,
    { now, allowances, isWrite }: { now: number; allowances: Allowances; isWrite: boolean },
  ): HostAnswer | undefined {
    const { used, resetsAt } = this.#window(caller, now);
    const limit = limitOf(caller, allowances);
    if (used >= limit) {
      const status = allowances.limitStatus;
      return {
        status,
        headers: {},
        body: message(`API rate limit exceeded for ${caller.ip}. It resets at ${resetsAt}.`),
      };
    }
    const lately = (this.#lately.get(keyOf(caller)) ?? []).filter((it) => it.at > now - MINUTE_MS);
    lately.push({ at: now, points: isWrite ? 5 : 1 });
    this.#lately.set(keyOf(caller), lately);
    const points = lately.reduce((sum, it) => sum + it.points, 0);
    const writes = lately.filter((it) => it.points > 1).length;
    return points > POINTS_A_MINUTE || writes > WRITES_A_MINUTE ? secondaryLimit(MINUTE_MS) : undefined;
  }

  charge(caller: Caller, now: number): void {
    this.#window(caller, now).used += 1;
  }

  headers(caller: Caller, { now, allowances }: { now: number; allowances: Allowances }): Record<string, string> {
    const { used, resetsAt } = this.#window(caller, now);
    const limit = limitOf(caller, allowances);
    return {
      'x-ratelimit-limit': `${limit}`,
      'x-ratelimit-remaining': `${Math.max(0, limit - used)}`,
      'x-ratelimit-used': `${used}`,
      'x-ratelimit-reset': `${Math.ceil(resetsAt / 1000)}`,
      'x-ratelimit-resource': 'core',
    };
  }

  #window(caller: Caller, now: number): { used: number; resetsAt: number } {
    const known = this.#windows.get(keyOf(caller));
    if (known && known.resetsAt > now) return known;
    const begun = { used: 0, resetsAt: now + HOUR_MS };
    this.#windows.set(keyOf(caller), begun);
    return begun;
  }
}

export const secondaryLimit = (forMs: number | null): HostAnswer => ({
  status: 403,
  headers: forMs === null ? {} : { 'retry-after': `${Math.ceil(forMs / 1000)}` },
  body: message('You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'),
});

export const message = (words: string): string =>
  JSON.stringify({ message: words, documentation_url: 'https://docs.github.com/rest' });

const keyOf = ({ ip, token }: Caller): string => (token === null ? `network ${ip}` : `token ${token}`);
const limitOf = ({ token }: Caller, { limit, limitWithToken }: Allowances): number =>
  token === null ? limit : limitWithToken;
