import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserOf } from '../../testing/mock-browser.ts';
import { GiteaMock } from '../../testing/mock-gitea.ts';
import { MockRepository } from '../../testing/mock-repository.ts';
import { sampleYard } from '../../testing/sample-yard.ts';
import type { GiteaAddress } from './gitea-client.ts';
import { giteaSource } from './gitea-source.ts';
import { DEFAULT_REFS, sourceAddressOf } from './source-address.ts';
import { REAL } from './wiring.ts';

const signal = new AbortController().signal;
const WISH = { id: '01kb0000000000000000000000', wish: { op: 'cancel', target: '01j' } as never, isAgain: false };
const ADDRESS = sourceAddressOf('gitea:https://acme.example/git/acme/yard', 'https://x.example/') as GiteaAddress;

let repository: MockRepository;
beforeAll(async () => {
  repository = await MockRepository.make();
  const model = JSON.stringify(sampleYard('2026-03-01T12:00:00.000Z'));
  await repository.commit('yard-live', { 'shared/health_dashboard.json': model });
  const jobs = Array.from({ length: 30 }, (_, n) => [`shared/jobs/${n % 3}/${n}.json`, `${n}`]);
  await repository.commit('yard', { 'yard.json': '{}', ...Object.fromEntries(jobs) }, { at: 1_000_000 });
  await repository.commit('yard', { 'yard.json': '{ }' }, { at: 2_000_000, message: 'later' });
});
afterAll(() => repository.remove());

describe('gitea-source', () => {
  it('needs no preflight without a token, and sees that nothing changed though it sees no tag', async () => {
    const { gitea, source, browser } = world();
    const look = await source.look(null, signal);
    const again = await source.look(look.kind === 'snapshot' ? look.tag : null, signal);

    expect(again).toEqual({ kind: 'same', budget: null });
    expect(browser.sent.map((it) => it.method)).toEqual(['GET', 'GET']);
    expect(gitea.requests.map((it) => it.status)).toEqual([200, 304]);
  });

  it('reads a tree of many pages, and content that is too large to be handed out by its name alone', async () => {
    const { gitea, source } = world();
    Object.assign(gitea.rules, { rowsAPage: 7, largestBlobBytes: 0 });
    const entries = await source.tree({ ref: 'state' }, '', signal);
    expect(entries).toHaveLength(31);
    expect(new TextDecoder().decode(await source.blob(entries.at(-1)?.oid ?? '', signal))).toBe('{ }');

    const fresh = world({ largestBlobBytes: 0 }).source;
    expect(await failureOf(fresh.blob(entries[0]?.oid ?? '', signal))).toMatchObject({ kind: 'invalid' });
  });

  it('counts times by itself where the host does not know how', async () => {
    const { source } = world({ knowsUntil: false });
    const commits = await source.commits(
      { ref: 'state' },
      { count: 5, until: new Date(1_500_000).toISOString() },
      signal,
    );

    expect(commits.map((it) => it.message)).toEqual(['change']);
  });

  it('tells every kind of failure apart', async () => {
    const { gitea, source } = world({ cors: false });
    const look = () => failureOf(source.look(null, signal));

    expect(await look()).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('ENABLED = true') });
    Object.assign(gitea.rules, { cors: true, outage: { status: 502 } });
    expect(await look()).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('502') });
    Object.assign(gitea.rules, { outage: { status: 429, retryAfter: '30' } });
    expect(await look()).toMatchObject({ kind: 'rate-limited', until: expect.any(Number) });
    Object.assign(gitea.rules, { outage: null, isPrivate: true });
    expect(await look()).toMatchObject({ kind: 'not-found', reason: expect.stringContaining('private or misspelt') });
    expect(await failureOf(source.tree({ ref: 'state' }, 'shared', signal))).toMatchObject({ kind: 'not-found' });
    expect(await failureOf(source.file({ ref: 'state' }, 'yard.json', signal))).toMatchObject({ kind: 'not-found' });
    expect(await failureOf(source.checkToken('misspelt', signal))).toMatchObject({ kind: 'denied' });
    await expect(source.checkToken('reads', signal)).resolves.toBeUndefined();
    source.useToken('reads');
    expect((await source.look(null, signal)).kind).toBe('snapshot');
    expect(await failureOf(source.send(WISH, signal))).toMatchObject({
      kind: 'denied',
      reason: expect.stringMatching(/no right to that.*“repository: read and write”/),
    });
  });

  it('sends again when somebody else wrote first', async () => {
    const { gitea, source } = world();
    source.useToken('writes');
    gitea.rules.conflicts = 2;

    expect(await source.send(WISH, signal)).toMatchObject({ state: 'queued' });
    expect(gitea.requests.filter((it) => it.method === 'POST').map((it) => it.status)).toEqual([409, 409, 201]);
    // The same wish again, for somebody whose browser lost the answer.
    expect(await source.send(WISH, signal)).toMatchObject({ commit: await gitea.repository.head('yard') });
    expect(gitea.requests.filter((it) => it.method === 'POST').map((it) => it.status)).toEqual([409, 409, 201, 422]);
  });

  it('leads people to where they can see a thing, or ask for one', () => {
    const { source } = world();
    const link = new URL(source.linkFor(WISH)?.href ?? '');

    expect(`${link.origin}${link.pathname}`).toBe('https://acme.example/git/acme/yard/_new/yard/queue/');
    expect(link.searchParams.get('filename')).toMatch(/^\w{26}\.json$/);
    expect(source.linkTo({ commit: 'abc', path: 'a b' })).toBe(
      'https://acme.example/git/acme/yard/src/commit/abc/a%20b',
    );
    expect(source.address).toBe('acme.example/git/acme/yard');
  });
});

function world(rules: object = {}) {
  const gitea = new GiteaMock(repository);
  Object.assign(gitea.rules, rules);
  const browser = browserOf(gitea);
  // It stands below a path of its host.
  const fetch = (url: string | URL, init?: RequestInit) => browser.fetch(`${url}`.replace('/git/api/', '/api/'), init);
  const source = giteaSource(ADDRESS, { refs: DEFAULT_REFS, wiring: { ...REAL, fetch, pause: async () => undefined } });
  return { gitea, browser, source };
}

const failureOf = (asked: Promise<unknown>) =>
  asked.then(
    () => expect.unreachable('there is an answer'),
    (error: { failure?: object }) => error.failure ?? expect.unreachable(String(error)),
  );
