/** What GitHub's noes mean. It says no to too many requests in four ways, and the same no to what is private and what is not there. */
import type { Budget, Failure } from '../protocol.ts';
import { type Answer, wordsOf } from './ask.ts';

export const GITHUB_404 =
  'private or misspelt: GitHub answers the same to both. A private yard needs a token that may read it';

export interface Circumstances {
  readonly now: number;
  readonly hasToken: boolean;
  /** How often in a row we were told to slow down. */
  readonly limitedBefore: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** undefined: it is no refusal. */
export function githubFailure(answer: Answer, circumstances: Circumstances): Failure | undefined {
  const { status } = answer;
  if (status < 400) return undefined;
  const until = limitedUntil(answer, circumstances);
  if (until !== undefined) return { kind: 'rate-limited', reason: limitWords(answer, circumstances), until };
  if (status === 401)
    return { kind: 'denied', reason: 'GitHub does not know this token: it is mistyped, revoked or has expired' };
  if (status === 403) return { kind: 'denied', reason: forbiddenWords(answer) };
  // 409 to a read: the repository has not one commit.
  if (status === 404 || status === 409) return { kind: 'not-found', reason: GITHUB_404 };
  if (status >= 500) return { kind: 'unavailable', reason: `GitHub itself has trouble (${status})` };
  return { kind: 'invalid', reason: `GitHub could not make sense of a question (${status}: ${wordsOf(answer)})` };
}

function limitedUntil(answer: Answer, { now, limitedBefore }: Circumstances): number | undefined {
  const { status, headers } = answer;
  if (status !== 403 && status !== 429) return undefined;
  const retryAfter = Number(headers.get('retry-after') ?? Number.NaN);
  if (!Number.isNaN(retryAfter)) return now + retryAfter * 1000;
  const resetsAt = Number(headers.get('x-ratelimit-reset') ?? Number.NaN) * 1000;
  // By GitHub's clock: with ours far off, an hour is still the longest that one has to wait.
  if (headers.get('x-ratelimit-remaining') === '0' && resetsAt) return Math.min(resetsAt, now + HOUR_MS);
  if (status === 429 || /rate limit/i.test(wordsOf(answer)))
    return now + Math.min(HOUR_MS, MINUTE_MS * 2 ** limitedBefore);
  return undefined;
}

function forbiddenWords(answer: Answer): string {
  const words = wordsOf(answer);
  if (!/not accessible|permission|must have/i.test(words)) return `GitHub refuses: ${words}`;
  return `this token has no right to that; to act from this page it needs “Contents: read and write” for the repository of the yard (GitHub: ${words})`;
}

function limitWords({ headers }: Answer, { hasToken }: Circumstances): string {
  const limit = headers.get('x-ratelimit-limit');
  if (headers.get('x-ratelimit-remaining') !== '0' || limit === null) return 'GitHub asks to slow down';
  const whose = hasToken ? 'with this token' : 'from your network';
  return `GitHub allows ${limit} requests an hour ${whose}, and none is left`;
}

/** null: this host does not count. */
export function budgetIn(headers: Headers): Budget | null {
  const number = (name: string) => Number(headers.get(`x-ratelimit-${name}`) ?? Number.NaN);
  const [limit, left, reset] = [number('limit'), number('remaining'), number('reset')];
  return Number.isNaN(limit + left + reset) ? null : { limit, left, resetsAt: reset * 1000 };
}

/** Why a classic token is not taken; undefined: it is none, or can do nothing. */
export function tooMuchPower(headers: Headers): Failure | undefined {
  const scopes = (headers.get('x-oauth-scopes') ?? '').split(',').map((it) => it.trim());
  const writing = scopes.filter((it) => it !== '' && !it.startsWith('read:'));
  if (writing.length === 0) return undefined;
  return {
    kind: 'denied',
    reason: `this is a classic token with the scope ${writing.join(', ')}: it reaches all that you own, far beyond this yard, and was not kept. Make a fine-grained token for this one repository`,
  };
}
