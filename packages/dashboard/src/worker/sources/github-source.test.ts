import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserOf } from '../../testing/mock-browser.ts';
import { GithubMock } from '../../testing/mock-github.ts';
import { MockRepository } from '../../testing/mock-repository.ts';
import { sampleYard } from '../../testing/sample-yard.ts';
import type { Failure, Request } from '../protocol.ts';
import type { GithubAddress } from './github-client.ts';
import { githubSource } from './github-source.ts';
import type { NamedWish, Source } from './source.ts';
import { DEFAULT_REFS, sourceAddressOf } from './source-address.ts';
import { REAL } from './wiring.ts';

const MODEL = 'shared/health_dashboard.json';
const NOON = Date.parse('2026-03-01T12:00:00Z');
const signal = new AbortController().signal;
const WISH = named({ op: 'cancel', target: '01j' });

let repository: MockRepository;
beforeAll(async () => {
  repository = await MockRepository.make();
  await repository.commit('yard-live', { [MODEL]: JSON.stringify(sampleYard('2026-03-01T12:00:00.000Z')) });
  const jobs = Array.from({ length: 30 }, (_, n) => [`shared/jobs/${n % 3}/${n}.json`, `${n}`]);
  await repository.commit('yard', { 'yard.json': '{}', ...Object.fromEntries(jobs) });
});
afterAll(() => repository.remove());

describe('github-source', () => {
  it('asks plainly without a token, and gets "as before" for nothing with one', async () => {
    const { github, source, browser, requests } = world();
    const tagOf = async (tag: string | null) => {
      const look = await source.look(tag, signal);
      return look.kind === 'snapshot' ? look.tag : look.kind;
    };
    expect(await tagOf(await tagOf(null))).toBe('same');
    expect(browser.sent.map((it) => it.method)).toEqual(['GET', 'GET']);
    expect(requests.map((it) => it.cost)).toEqual([1, 1]);
    expect((await source.look(null, signal)).budget).toEqual({ limit: 60, left: 57, resetsAt: NOON + 3_600_000 });

    source.useToken('reads');
    expect(await tagOf(await tagOf(null))).toBe('same');
    expect(github.requests.filter((it) => it.hasToken).map((it) => [it.status, it.charged])).toEqual([
      [200, true],
      [304, false],
    ]);
    expect(requests.at(-1)).toMatchObject({ what: 'look', status: 304, cost: 0 });
  });

  it('waits as long as GitHub says, and sends nothing meanwhile', async () => {
    const { github, source, pass } = world();
    github.rules.limit = 1;
    await source.look(null, signal);

    const until = NOON + 3_600_000;
    const limited = { failure: { kind: 'rate-limited', until, reason: expect.stringContaining('1 requests an hour') } };
    await expect(source.look(null, signal)).rejects.toMatchObject(limited);
    await expect(source.file({ ref: 'state' }, 'yard.json', signal)).rejects.toMatchObject(limited);
    expect(github.requests).toHaveLength(2);

    pass(3_600_000);
    expect((await source.look(null, signal)).kind).toBe('snapshot');
  });

  it('doubles its patience where GitHub names no time, and starts anew with a token', async () => {
    const { github, source, pass } = world();
    github.rules.secondary = { retryAfterMs: null };
    const until = async () => (await failureOf(source.look(null, signal))).until;

    expect(await until()).toBe(NOON + 60_000);
    pass(60_000);
    expect(await until()).toBe(NOON + 60_000 + 120_000);
    github.rules.secondary = { retryAfterMs: 30_000 };
    pass(120_000);
    expect(await until()).toBe(NOON + 180_000 + 30_000);
    github.rules.secondary = null;
    source.useToken('reads');
    expect((await source.look(null, signal)).kind).toBe('snapshot');
  });

  it('takes 429 for a limit too', async () => {
    const { github, source } = world();
    Object.assign(github.rules, { limit: 0, limitStatus: 429 });

    expect(await failureOf(source.look(null, signal))).toMatchObject({ kind: 'rate-limited', until: NOON + 3_600_000 });
  });

  it('tells every other kind of failure apart', async () => {
    const { github, source } = world();
    const look = () => failureOf(source.look(null, signal));

    github.rules.outage = 502;
    expect(await look()).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('502') });
    github.rules.outage = null;
    github.rules.isPrivate = true;
    expect(await look()).toMatchObject({ kind: 'not-found', reason: expect.stringContaining('private or misspelt') });
    expect(await failureOf(source.tree({ ref: 'state' }, 'shared', signal))).toMatchObject({ kind: 'not-found' });
    expect(await failureOf(source.file({ ref: 'state' }, 'yard.json', signal))).toMatchObject({ kind: 'not-found' });
    source.useToken('misspelt');
    expect(await look()).toMatchObject({ kind: 'denied', reason: expect.stringContaining('does not know this token') });
    source.useToken('reads');
    expect((await source.look(null, signal)).kind).toBe('snapshot');
    expect(await failureOf(source.send(WISH, signal))).toMatchObject({ kind: 'denied' });
  });

  it('tells what it cannot read from what a newer program wrote', async () => {
    const { source } = world();
    const before = await repository.head('yard-live');
    await repository.commit('yard-live', { [MODEL]: '{"schemaVersion": 99}' });
    expect(await failureOf(source.look(null, signal))).toMatchObject({ kind: 'newer-schema' });
    await repository.commit('yard-live', { [MODEL]: '<html>' });
    expect(await failureOf(source.look(null, signal))).toMatchObject({ kind: 'invalid' });
    await repository.git(['update-ref', 'refs/heads/yard-live', before ?? '']);
  });

  it('knows no network from no GitHub, and a slow one from a page that has lost interest', async () => {
    const broken = (fetch: () => Promise<Response>) =>
      githubSource(ADDRESS, { refs: DEFAULT_REFS, wiring: { ...REAL, fetch } });
    const fails = broken(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await failureOf(fails.look(null, signal))).toMatchObject({ kind: 'unavailable' });

    const away = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
    Object.defineProperty(globalThis, 'navigator', { value: { onLine: false }, configurable: true });
    expect(await failureOf(fails.look(null, signal))).toMatchObject({ kind: 'offline' });
    if (away) Object.defineProperty(globalThis, 'navigator', away);
    else Reflect.deleteProperty(globalThis, 'navigator');

    const late = AbortSignal.abort(new DOMException('too late', 'TimeoutError'));
    const slow = broken(() => Promise.reject(late.reason));
    expect(await failureOf(slow.look(null, late))).toMatchObject({
      kind: 'unavailable',
      reason: expect.stringContaining('in time'),
    });
  });

  it('takes what never changes from where nobody counts, and doubts what it gets there', async () => {
    const { github, source } = world();
    const commit = (await repository.head('yard')) ?? '';
    expect((await source.file({ commit }, 'yard.json', signal))?.bytes).toHaveLength(2);
    const [entry] = await source.tree({ ref: 'state' }, 'shared/jobs/0', signal);
    await source.blob(entry?.oid ?? '', signal);
    expect(github.requests.filter((it) => it.charged)).toHaveLength(1);

    const stale = await repository.commit('yard', { [entry?.path ?? '']: 'newer' });
    const [newer] = await source.tree({ ref: 'state' }, 'shared/jobs/0', signal);
    expect(new TextDecoder().decode(await source.blob(newer?.oid ?? '', signal))).toBe('newer');
    expect(github.requests.at(-1)?.path).toContain('/git/blobs/');
    await repository.git(['update-ref', 'refs/heads/yard', commit, stale]);

    github.rules.rawOutage = 429;
    github.requests.length = 0;
    for (const path of ['yard.json', 'shared/jobs/1/1.json'])
      expect(await source.file({ commit }, path, signal)).toBeDefined();
    expect(github.requests.filter((it) => it.path.startsWith('/raw-host'))).toHaveLength(1);
  });

  it('reads many files in one question with a token, out of a budget of its own', async () => {
    const { github, source } = world();
    expect(await source.batch?.()).toBeNull();
    source.useToken('reads');
    const oids = (await source.tree({ ref: 'state' }, '', signal)).map(({ oid }) => oid);
    const left = source.left?.();

    expect((await (await source.batch?.())?.read(oids, signal))?.size).toBe(31);

    expect(source.left?.()).toBe(left);
    expect(github.requests.filter(({ method }) => method === 'POST')).toMatchObject([
      { path: '/graphql', status: 200, charged: false },
    ]);
    source.useToken('nothing');
    github.rules.isPrivate = true;
    expect((await (await source.batch?.())?.read(oids, signal))?.size).toBe(0);
  });

  it('reads a tree that is too long for one answer folder by folder', async () => {
    const { github, source } = world();
    const whole = await source.tree({ ref: 'state' }, '', signal);
    github.rules.longestTree = 12;

    expect(await source.tree({ ref: 'state' }, '', signal)).toEqual(whole);
    expect((await source.tree({ ref: 'state' }, 'shared/jobs', signal)).map((it) => it.path)).toEqual(
      whole.map((it) => it.path).filter((it) => it.startsWith('shared/jobs/')),
    );
  });

  it.each([409, 422] as const)('sends again when somebody else wrote first (%i), but not for ever', async (status) => {
    const { github, source, pauses } = world();
    source.useToken('writes');
    const head = await repository.head('yard');
    github.rules.conflicts = { left: 3, status };
    expect(await source.send(WISH, signal)).toMatchObject({ state: 'queued' });
    expect(pauses).toHaveLength(3);
    expect(pauses.every((it) => it >= 300 && it <= 3_000)).toBe(true);

    github.rules.conflicts = { left: 99, status };
    expect(await failureOf(source.send(WISH, signal))).toMatchObject({ kind: 'unavailable' });
    expect(github.rules.conflicts.left).toBe(94);
    await repository.git(['update-ref', 'refs/heads/yard', head ?? '']);
  });

  it('does not send twice when it never heard of the first', async () => {
    const { github, source } = world();
    source.useToken('writes');
    github.rules.outage = 504;

    expect(await failureOf(source.send(WISH, signal))).toMatchObject({ kind: 'unavailable', mayHaveArrived: true });
    expect(puts(github)).toEqual([504]);
  });

  it('finds what arrived although its answer was lost, also when it was taken up meanwhile', async () => {
    const { github, source } = world();
    source.useToken('writes');
    const before = (await repository.head('yard')) ?? '';
    github.rules.losesAnswers = true;
    expect(await failureOf(source.send(WISH, signal))).toMatchObject({ mayHaveArrived: true });
    const commit = await repository.head('yard');
    expect(commit).not.toBe(before);
    github.rules.losesAnswers = false;
    const path = `queue/${WISH.id}.json`;

    expect(await source.send(WISH, signal)).toEqual({ state: 'queued', commit, path });
    await repository.commit('yard', { [path]: null });
    expect(await source.send({ ...WISH, isAgain: true }, signal)).toMatchObject({ state: 'queued', path });
    expect(puts(github)).toEqual([502, 422]);
    expect(await repository.blobAt((await repository.head('yard')) ?? '', path)).toBeUndefined();
    await repository.git(['update-ref', 'refs/heads/yard', before]);
  });

  it.each([
    ['a token that may only read', { token: 'reads' }, /no right to that.*“Contents: read and write”/, [403]],
    ['a token that has ended', { token: 'ended' }, /mistyped, revoked or has expired/, [401]],
    [
      'a branch that only pull requests may change',
      { refusal: { status: 409, words: 'Could not create file: Changes must be made through a pull request.' } },
      /lets nobody write to yard like this: .*pull request/,
      [409],
    ],
    [
      'a branch with rules',
      { refusal: { status: 422, words: 'Repository rule violations found\n\nChanges must be made' } },
      /lets nobody write to yard like this: Repository rule violations found/,
      [422],
    ],
    ['a branch that is not there', { branch: 'gone' }, /knows no branch gone/, [404]],
  ])('says in words why it may not write, and does not try again: %s', async (_, no, reason, answers) => {
    const { token = 'writes', refusal = null, branch } = no as { token?: string; refusal?: never; branch?: string };
    const { github, source } = world(branch === undefined ? {} : { state: branch });
    source.useToken(token);
    github.rules.refusal = refusal;

    expect(await failureOf(source.send(WISH, signal))).toEqual({
      kind: 'denied',
      reason: expect.stringMatching(reason),
    });
    expect(puts(github)).toEqual(answers);
  });

  it('waits with a wish where GitHub asks to slow down', async () => {
    const { github, source } = world();
    source.useToken('writes');
    github.rules.secondary = { retryAfterMs: 60_000 };

    const until = NOON + 60_000;
    expect(await failureOf(source.send(WISH, signal))).toMatchObject({ kind: 'rate-limited', until });
    expect(await failureOf(source.send(WISH, signal))).toMatchObject({ kind: 'rate-limited', until });
    expect(puts(github)).toEqual([403]);
  });

  it('refuses a classic token that reaches further than this yard, and says why', async () => {
    const { github, source } = world();
    const refusal = { kind: 'denied', reason: expect.stringMatching(/classic token.*gist, repo.*fine-grained/) };

    expect(await failureOf(source.checkToken('classic', signal))).toMatchObject(refusal);
    expect(await failureOf(source.checkToken('misspelt', signal))).toMatchObject({ kind: 'denied' });
    for (const good of ['reads', 'nothing', 'classic-without-scopes'])
      await expect(source.checkToken(good, signal)).resolves.toBeUndefined();
    expect(github.requests.some((it) => it.charged)).toBe(false);

    source.useToken('classic');
    expect(await failureOf(source.look(null, signal))).toMatchObject(refusal);
    expect(source.commands()).toBe('link');
    expect((await source.look(null, signal)).kind).toBe('snapshot');
    expect(github.requests.at(-1)?.hasToken).toBe(false);
  });

  it('leads people to where they can see a thing, or ask for one', () => {
    const { source } = world();
    const odd = { op: 'cancel', target: 'a&b', args: { reason: 'Grüße + "50 %" #1 \u202e ?&=' } };
    const link = new URL(source.linkFor(named(odd))?.href ?? '');
    expect(`${link.origin}${link.pathname}`).toBe('https://github.com/acme/yard/new/yard');
    expect(link.searchParams.get('filename')).toMatch(/^queue\/\w{26}\.json$/);
    expect(JSON.parse(link.searchParams.get('value') ?? '')).toEqual(odd);
    const long = { command: ['x'.repeat(9_000), '\u202e'] };
    const { href = '', paste } = source.linkFor(named(long)) ?? {};
    expect([new URL(href).searchParams.has('filename'), new URL(href).searchParams.has('value')]).toEqual([
      true,
      false,
    ]);
    expect(JSON.parse(paste ?? '')).toEqual(long);
    expect(paste).not.toContain('\u202e');

    expect(source.linkTo({ commit: 'abc', path: 'a b/#.json' })).toBe(
      'https://github.com/acme/yard/blob/abc/a%20b/%23.json',
    );
    expect(source.linkTo({ commit: 'abc' })).toBe('https://github.com/acme/yard/commit/abc');
    expect(source.address).toBe('github.com/acme/yard');
    expect(world({ live: 'mine' }).source.address).toBe('github.com/acme/yard (yard, mine, yard-logs)');
  });
});

const ADDRESS = sourceAddressOf('github:acme/yard', 'https://acme.example/') as GithubAddress;

const puts = ({ requests }: GithubMock): number[] =>
  requests.filter((it) => it.method === 'PUT').map(({ status }) => status);

function world(refs: Partial<typeof DEFAULT_REFS> = {}) {
  let time = NOON;
  const github = new GithubMock(repository, { now: () => time });
  const browser = browserOf(github);
  const requests: Request[] = [];
  const pauses: number[] = [];
  const source: Source = githubSource(ADDRESS, {
    refs: { ...DEFAULT_REFS, ...refs },
    wiring: {
      fetch: (url, init) =>
        browser.fetch(`${url}`.replace('https://raw.githubusercontent.com/', 'https://raw/raw-host/'), init),
      now: () => time,
      pause: async (ms) => void pauses.push(ms),
      heard: (request) => requests.push(request),
    },
  });
  const pass = (ms: number): void => {
    time += ms;
  };
  return { github, browser, source, requests, pauses, pass };
}

function named(wish: object): NamedWish {
  return { id: '01kb0000000000000000000000', wish: wish as never, isAgain: false };
}

const failureOf = (asked: Promise<unknown>) =>
  asked.then(
    () => expect.unreachable('there is an answer'),
    (error: { failure?: Failure }) => error.failure ?? expect.unreachable(String(error)),
  );
