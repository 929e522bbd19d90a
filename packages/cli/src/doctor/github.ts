/** What only GitHub can say: how long the token lasts and what it may, whether the branch is protected, what the workflows need. Asks, and changes nothing. */
import { requestOutside } from '@gityard/store';
import type { Context } from '../context.ts';
import { accessFor } from '../start/access.ts';
import { apiUrlIn } from '../start/api-url.ts';
import { durationText } from '../text/words.ts';
import { fileOf, WORKFLOWS } from '../workflows/list.ts';
import { doubtful, type Finding, fine, skipped, wrong } from './check.ts';
import { pinnedIn } from './workflows.ts';

interface Host {
  /** Of the repository, without a slash at its end. */
  readonly url: string;
  readonly token: string;
}

/** Or why it is not asked. The token goes to the host of the environment, and no other. */
async function hostOf(context: Context): Promise<Host | string> {
  const { sourceOf } = await import('@gityard/monitor');
  const { env, cwd } = context.io;
  const found = await context.yardAddress().catch(() => undefined);
  if (!found) return 'no yard is known here';
  const apiUrl = apiUrlIn(env, 'GITHUB_API_URL').replace(/\/+$/, '');
  const address = found.address.replace(/^github:/, 'https://github.com/').replace(/^github\+/, '');
  const own = sourceOf(address, apiUrl);
  if (!own) return 'the yard is not on GitHub, nor on the host of GITHUB_API_URL';
  const token =
    env.GITHUB_TOKEN || env.GH_TOKEN || accessFor(found, { env, cwd, files: await context.localConfigs() }).token;
  if (!token) return 'there is no token to ask with (GITHUB_TOKEN)';
  return { url: `${apiUrl}/repos/${own.owner}/${own.repo}`, token };
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: unknown;
}

const MOST_BYTES = 1_000_000;

async function ask({ url, token }: Host, path: string, signal: AbortSignal): Promise<Answer> {
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'application/vnd.github+json',
    'User-Agent': 'gityard-doctor',
  };
  const reply = await requestOutside(new URL(`${url}${path}`), { headers, mostBytes: MOST_BYTES, signal });
  const told = Object.entries(reply.headers).map(([name, value]): [string, string] => [name, `${value}`]);
  return { status: reply.status, headers: new Headers(told), data: parsed(Buffer.from(reply.body).toString()) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's page: the status says enough.
    return null;
  }
}

/** Asks what `path` names, and lets `judge` say what the answer means. */
const asked =
  (
    path: (context: Context) => Promise<string>,
    judge: (answer: Answer, context: Context) => Finding | Promise<Finding>,
  ) =>
  async (context: Context, signal: AbortSignal): Promise<Finding> => {
    const host = await hostOf(context);
    if (typeof host === 'string') return skipped(host);
    return judge(await ask(host, await path(context), signal), context);
  };

const SOON_MS = 14 * 24 * 3_600_000;
const REQUESTS_FLOOR = 0.1;

export const checkToken = asked(async () => '', judgeToken);

function judgeToken({ status, headers, data }: Answer): Finding {
  if (status === 401) return wrong('the host does not know the token: it ran out, or was revoked', NEW_TOKEN);
  if (status === 404 || status === 403)
    return wrong(`the token may not see the repository (status ${status})`, NEW_TOKEN);
  if (status !== 200) return doubtful(`the host answered with status ${status}`, 'look at the status page of the host');
  const { permissions } = (data ?? {}) as { permissions?: { push?: unknown } };
  if (permissions?.push === false) return wrong('the token may read and not push', NEW_TOKEN);
  const end = headers.get('github-authentication-token-expiration');
  const leftMs =
    end === null ? Number.POSITIVE_INFINITY : Date.parse(end.replace(' UTC', 'Z').replace(' ', 'T')) - Date.now();
  if (leftMs < SOON_MS) return doubtful(`the token runs out in ${durationText(leftMs)}`, NEW_TOKEN);
  const [left, limit] = ['remaining', 'limit'].map((it) => Number(headers.get(`x-ratelimit-${it}`) ?? Number.NaN));
  if (left !== undefined && limit && left / limit < REQUESTS_FLOOR)
    return doubtful(`${left} of ${limit} requests of this hour are left`, 'give each machine a token of its own');
  const lasts = Number.isFinite(leftMs) ? `for ${durationText(leftMs)}` : 'without an end';
  return fine(`it may push, ${lasts}`);
}

const NEW_TOKEN =
  'make a new one with contents: write for this repository, and put it where the old one is (GITYARD_TOKEN, GITHUB_TOKEN)';

const branchOf = async (context: Context): Promise<string> =>
  (await context.yard()).refs.state.replace(/^refs\/heads\//, '');

export const checkProtection = asked(
  async (context) => `/branches/${encodeURIComponent(await branchOf(context))}`,
  async ({ status, data }, context) => {
    if (status !== 200) return skipped(`the host does not tell (status ${status})`);
    const branch = await branchOf(context);
    const { protected: isProtected } = (data ?? {}) as { protected?: unknown };
    return isProtected === true
      ? doubtful(
          `${branch} is a protected branch: rules that ask for reviews or checks refuse every claim`,
          'leave the branches of the yard out of protection rules; forbid only their removal',
        )
      : fine(`${branch} is not protected`);
  },
);

/** Workflows of a yard install the program from where this variable says. */
export const checkPackage = asked(
  async () => '/actions/variables/GITYARD_PACKAGE',
  async ({ status, data }, context) => {
    const yard = await context.yard();
    const texts = WORKFLOWS.filter((it) => it.watchesState).map((it) => yard.read(fileOf(it)));
    const there = texts.filter((it) => it !== undefined).map((it) => new TextDecoder().decode(it));
    if (there.length === 0) return skipped('no workflow watches this yard');
    if (there.every((it) => pinnedIn(it) !== undefined)) return skipped('the workflows know which program to fetch');
    if (status === 404)
      return doubtful(
        'the variable GITYARD_PACKAGE is not set, and the workflows need it',
        'gh variable set GITYARD_PACKAGE --body <what npm can install gityard from>',
      );
    if (status !== 200) return skipped(`the token may not see variables (status ${status})`);
    return fine(`GITYARD_PACKAGE is ${String((data as { value?: unknown } | null)?.value ?? 'set')}`);
  },
);

export const checkHostedPage = asked(
  async () => '/pages',
  ({ status, data }) => {
    if (status === 404) return skipped('Pages is not switched on');
    if (status !== 200) return skipped(`the token may not see Pages (status ${status})`);
    const { status: state, html_url: url } = (data ?? {}) as { status?: unknown; html_url?: unknown };
    return state === 'errored'
      ? wrong('the last build of Pages failed', 'look at Actions, pages build and deployment')
      : fine(String(url ?? 'switched on'));
  },
);

export const checkMonitor = asked(
  async () => '/actions/workflows/health-monitor.yml/runs?status=success&per_page=1',
  async ({ status, data }, context) => {
    if (status !== 200) return skipped(`the host knows no health monitor (status ${status})`);
    const [last] =
      (data as { workflow_runs?: { run_started_at?: string; created_at?: string }[] } | null)?.workflow_runs ?? [];
    const at = last?.run_started_at ?? last?.created_at;
    if (at === undefined) return doubtful('the health monitor never ran', 'gh workflow run health-monitor.yml');
    const { lateMinutes } = (await context.yard()).state.yard.monitor;
    const agoMs = Date.parse(context.now()) - Date.parse(at);
    const text = `the health monitor ran ${durationText(agoMs)} ago`;
    const isLate = lateMinutes > 0 && agoMs > lateMinutes * 60_000;
    return isLate
      ? doubtful(text, 'gh workflow enable health-monitor.yml; gh workflow run health-monitor.yml')
      : fine(text);
  },
);
