/** What hosts refuse, as errors that say what is missing and where to write it. */

export class MonitorError extends Error {
  readonly code: string;
  readonly hint: string;
  /** What the host answered; null: it did not. */
  readonly status: number | null;
  readonly retryAfterMs: number | undefined;

  constructor(
    code: string,
    message: string,
    more: { hint: string; status: number | null; retryAfterMs?: number; cause?: unknown },
  ) {
    super(message, { cause: more.cause });
    this.name = 'MonitorError';
    this.code = code;
    this.hint = more.hint;
    this.status = more.status;
    this.retryAfterMs = more.retryAfterMs;
  }
}

interface Asked {
  readonly method: string;
  readonly url: string;
}
interface Answered {
  readonly status?: number;
  readonly message?: string;
  readonly response?: { readonly headers?: Headers };
}

export function failureFrom(error: unknown, asked: Asked): unknown {
  if (error instanceof MonitorError) return error;
  const { status, message = '', response } = error as Answered;
  // Without an answer the library says 500.
  if (status === undefined || !response) return unreachable(error, asked);
  const headers = response.headers ?? {};
  const place = `${asked.method} ${placeOf(asked.url)}`;
  const more = { status, cause: error };
  if (status === 304) return error;
  const waitMs = limitMs(status, message, headers);
  if (waitMs !== null)
    return new MonitorError('RATE_LIMITED', `the host lets us ask no more for now (${place})`, {
      ...more,
      retryAfterMs: waitMs,
      hint: `try again in ${Math.ceil(waitMs / 60_000)} min; the next run goes on where this one stopped`,
    });
  if (status === 401)
    return new MonitorError('DENIED', `the host does not accept the token (${place})`, {
      ...more,
      hint: 'set GITHUB_TOKEN (of an agent GITYARD_STATUS_TOKEN) to one that is valid; in a workflow: env: GITHUB_TOKEN: $'.concat(
        '{{ github.token }}',
      ),
    });
  if (status === 403) return denied(place, { said: firstLine(message), headers }, more);
  if (status === 404)
    return new MonitorError('NOT_FOUND', `${place} is not there, or the token may not see it`, {
      ...more,
      hint: 'check --github owner/repo, and that the token can read that repository',
    });
  if (status === 410)
    return new MonitorError('DENIED', `the repository has its issues switched off (${place})`, {
      ...more,
      hint: 'switch them on in the settings of the repository, or name another with --github',
    });
  if (status >= 500) return unreachable(error, asked);
  return new MonitorError('REMOTE_INVALID', `the host refused ${place}: ${firstLine(message)}`, { ...more, hint: '' });
}

type More = { readonly status: number; readonly cause: unknown };
type Headers = Readonly<Record<string, string | number | undefined>>;

/** A host names the permissions of a program; for whatever else keeps a token away it has words. */
function denied(place: string, { said, headers }: { said: string; headers: Headers }, more: More): MonitorError {
  const accepted = `${headers['x-accepted-github-permissions'] ?? ''}`;
  if (accepted !== '' && !OTHERWISE.test(said)) return lacking(place, accepted, more);
  return new MonitorError('DENIED', `the token may not ${place}${said === '' ? '' : `: ${said}`}`, {
    ...more,
    hint: remedyOf(place, said, `${headers['x-github-sso'] ?? ''}`),
  });
}

/** GitHub names the permissions of an endpoint in all of its answers, also where it is not they that are missing. */
const OTHERWISE = /archived|is locked|SAML/i;

/** @param accepted as GitHub writes it: `a=write,b=read; c=write` is a and b, or c */
function lacking(place: string, accepted: string, more: More): MonitorError {
  const [first = '', ...others] = accepted
    .split(';')
    .map((it) => it.trim())
    .filter((it) => it !== '');
  const or = others.length > 0 ? ` (or ${others.join(', or ')})` : '';
  // Whoever may read issues would be told next that they may not write them.
  const lines = first.split(',').map((it) =>
    it
      .trim()
      .replace(/^(issues|statuses)=read$/, '$1=write')
      .replace('=', ': '),
  );
  return new MonitorError('DENIED', `the token may not ${place}: it lacks the permission ${first}${or}`, {
    ...more,
    hint: `add to the job of the workflow: permissions: { ${lines.join(', ')} }; a token of a person needs the same`,
  });
}

/** @param sso `required; url=https://github.com/orgs/…` */
function remedyOf(place: string, said: string, sso: string): string {
  const [, page] = /url=(\S+)/.exec(sso) ?? [];
  if (page !== undefined) return `let the organisation accept the token: ${page}`;
  if (/archived/i.test(said)) return 'nothing changes in an archived repository: name another, or take it out of there';
  const what = place.includes('/statuses/') ? 'statuses of commits' : 'issues';
  return `it needs the right to read and write ${what} and to read the repository`;
}

/** How long to wait; null: no limit was met. */
function limitMs(status: number, message: string, headers: Headers): number | null {
  if (status !== 403 && status !== 429) return null;
  const after = Number(headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(after)) return after * 1000;
  if (headers['x-ratelimit-remaining'] === '0')
    return Math.max(0, Number(headers['x-ratelimit-reset'] ?? 0) * 1000 - Date.now());
  return status === 429 || /secondary rate limit/i.test(message) ? 60_000 : null;
}

function unreachable(error: unknown, { method, url }: Asked): MonitorError {
  const { status, message = '' } = error as Answered;
  const hint = 'the next run goes on where this one stopped';
  const why = firstLine(message);
  return new MonitorError('REMOTE_UNREACHABLE', `${method} ${placeOf(url)} failed: ${why}`, {
    hint,
    status: status ?? null,
    cause: error,
  });
}

const placeOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname : url);
const firstLine = (text: string): string => (text.split('\n')[0] ?? '').slice(0, 200);
