import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserOf } from './mock-browser.ts';
import { GithubMock } from './mock-github.ts';
import { MockRepository } from './mock-repository.ts';

let repository: MockRepository;
beforeAll(async () => {
  repository = await MockRepository.make();
  await repository.commit('yard-live', { 'view.json': '1', 'a/one': 'eins', 'a/b/two': 'zwei' }, { at: 1_000_000 });
});
afterAll(() => repository.remove());

const API = 'https://api.github.com/repos/acme/yard';
const LOOK = `${API}/contents/view.json?ref=yard-live`;
const RAW = { accept: 'application/vnd.github.raw+json' };

describe('the pretended GitHub', () => {
  it('charges a 304 without a token, and lets one with a token go free', async () => {
    const { github, browser } = world();

    await browser.fetch(LOOK, { headers: RAW, cache: 'no-cache' });
    const again = await browser.fetch(LOOK, { headers: RAW, cache: 'no-cache' });
    expect([again.status, again.headers.get('x-ratelimit-remaining')]).toEqual([200, '58']);
    expect(github.requests.map((it) => [it.status, it.charged])).toEqual([
      [200, true],
      [304, true],
    ]);
    expect(browser.sent.map((it) => it.method)).toEqual(['GET', 'GET']);

    const headers = { ...RAW, authorization: 'Bearer reads' };
    const first = await browser.fetch(LOOK, { headers });
    const second = await browser.fetch(LOOK, {
      headers: { ...headers, 'if-none-match': first.headers.get('etag') ?? '' },
    });
    expect([second.status, second.headers.get('x-ratelimit-remaining')]).toEqual([304, '4999']);
  });

  it('hands out a body of a minute ago where the cache is not told otherwise', async () => {
    const { github, browser, pass } = world();

    await browser.fetch(LOOK, { headers: RAW });
    await browser.fetch(LOOK, { headers: RAW });
    expect(github.requests).toHaveLength(1);
    pass(61_000);
    await browser.fetch(LOOK, { headers: RAW });
    expect(github.requests).toHaveLength(2);
  });

  it('refuses after sixty in an hour, for everybody behind the same address, until the hour is over', async () => {
    const { github, browser, pass } = world();
    for (let n = 0; n < 60; n++) await browser.fetch(LOOK, { headers: RAW, cache: 'no-store' });

    const refused = await browserOf(github).fetch(LOOK, { headers: RAW });
    const elsewhere = await browserOf(github, { ip: '192.0.2.2' }).fetch(LOOK, { headers: RAW });
    expect([refused.status, refused.headers.get('x-ratelimit-remaining'), elsewhere.status]).toEqual([403, '0', 200]);

    pass(3_600_000);
    expect((await browser.fetch(LOOK, { headers: RAW, cache: 'no-store' })).status).toBe(200);
  });

  it('shows a branch as it was where its readers lag behind', async () => {
    const { github, browser, pass } = world();
    const body = async () => (await browser.fetch(LOOK, { headers: RAW, cache: 'no-store' })).text();
    expect(await body()).toBe('1');
    await repository.commit('yard-live', { 'view.json': '2' }, { rewriting: true });
    github.rules.replicaLagMs = 3_000;
    expect(await body()).toBe('1');

    pass(3_000);
    expect(await body()).toBe('2');
  });
});

function world() {
  let time = 1_772_366_400_000;
  const github = new GithubMock(repository, { now: () => time });
  const pass = (ms: number): void => {
    time += ms;
  };
  return { github, browser: browserOf(github), pass };
}
