import { describe, expect, it } from 'vitest';
import { findSource } from './find-source.ts';
import { SourceFailure } from './source.ts';
import { refNamesOf, sourceAddressOf } from './source-address.ts';
import { REAL } from './wiring.ts';

const PAGE = 'https://acme.example/yard/';
const signal = new AbortController().signal;

describe('find-source', () => {
  it('takes what the address names, else the daemon beside the page, else what is baked beside it', async () => {
    const hello = { 'api/v1/hello': { program: 'gityard', commands: 'direct' } };
    const config = { 'config.json': { source: 'github:acme/yard', refs: { state: 'main' } } };

    expect(await found({ source: 'gitea:https://git.example/acme/yard' }, { ...hello, ...config })).toBe(
      'gitea git.example/acme/yard',
    );
    expect(await found({}, { ...hello, ...config })).toBe('api https://acme.example');
    // Another yard may lie in the same repository, under other branches.
    expect(await found({}, config)).toBe('github github.com/acme/yard (main, yard-live, yard-logs)');
    expect(await found({}, {})).toBe('api https://acme.example');
    expect(await found({}, { 'api/v1/hello': 'something else', 'config.json': '<html>' })).toBe(
      'api https://acme.example',
    );
  });

  it('may act where the daemon says so, once it has handed in the key', async () => {
    const sent: string[] = [];
    const files = serving({ 'api/v1/hello': { program: 'gityard', commands: 'direct' }, 'api/v1/session': {} });
    const fetch = (url: string | URL, { method = 'GET', body }: RequestInit = {}) => {
      sent.push(`${method} ${`${url}`.replace(PAGE, '')} ${body ?? ''}`.trim());
      return files(url);
    };

    const source = await findSource({ page: PAGE, source: null, key: 'k1' }, { ...REAL, fetch });

    expect(source.commands()).toBe('direct');
    expect(sent).toEqual(['POST api/v1/session {"key":"k1"}', 'GET api/v1/hello']);
    expect((await findSource({ page: PAGE, source: null }, { ...REAL, fetch: serving({}) })).commands()).toBe('no');
  });

  it('hands the key in once the daemon is there, though it was away at first', async () => {
    const files: Record<string, unknown> = {};
    const sent: string[] = [];
    const fetch = (url: string | URL, { method = 'GET' }: RequestInit = {}) => {
      sent.push(`${method} ${`${url}`.replace(PAGE, '')}`);
      return Object.keys(files).length === 0 ? Promise.reject(new TypeError('no way')) : serving(files)(url);
    };
    const source = await findSource({ page: PAGE, source: null, key: 'k1' }, { ...REAL, fetch });
    expect(source.commands()).toBe('no');
    sent.length = 0;

    Object.assign(files, { 'api/v1/hello': { program: 'gityard', commands: 'direct' }, 'api/v1/session': {} });
    await source.renewRights?.();
    expect(source.commands()).toBe('direct');
    await source.renewRights?.();

    expect(sent).toEqual(['POST api/v1/session', 'GET api/v1/hello', 'GET api/v1/hello']);
  });

  it('does not look for a daemon on GitHub Pages', async () => {
    const asked: string[] = [];
    const page = 'https://acme.github.io/yard/';
    await findSource(
      { page, source: null },
      { ...REAL, fetch: async (url) => new Response(`${asked.push(`${url}`)}`) },
    );

    expect(asked).toEqual([`${page}config.json`]);
  });

  it('names branches by the address first, then by the config', async () => {
    const linkWith = async (refs: string | null) => {
      const files = { 'config.json': { source: 'github:acme/yard', refs: { state: 'refs/heads/team/yard' } } };
      const source = await findSource({ page: PAGE, source: null, refs }, { ...REAL, fetch: serving(files) });
      return new URL(
        source.linkFor({ id: 'a', wish: { op: 'cancel', target: 'a' } as never, isAgain: false })?.href ?? '',
      ).pathname;
    };

    expect(await linkWith(null)).toBe('/acme/yard/new/team/yard');
    expect(await linkWith('mine,mine-live')).toBe('/acme/yard/new/mine');
  });

  it('asks only hosts that the page may connect to', async () => {
    const asked: string[] = [];
    const world = { ...REAL, fetch: async (url: string | URL) => new Response(`${asked.push(`${url}`)}`) };
    const source = 'ghes:https://evil.example/acme/yard';
    const hosts = ['https://git.acme.example'];

    const evil = await findSource({ page: PAGE, source, hosts }, world);
    const looking = evil.look(null, signal);

    await expect(looking).rejects.toMatchObject({
      failure: { kind: 'denied', reason: expect.stringContaining('evil.example') },
    });
    expect(asked).toEqual([]);
  });

  it('shows what is wrong with a source instead of having none', async () => {
    const source = await findSource({ page: PAGE, source: 'ftp://acme' }, { ...REAL, fetch: serving({}) });

    await expect(source.look(null, signal)).rejects.toThrow('"ftp://acme" names no source');
  });
});

describe('source-address', () => {
  it.each([
    ['github:acme/yard.git', { kind: 'github', owner: 'acme', name: 'yard' }],
    ['ghes:https://git.acme.example/acme/yard', { hosts: { api: 'https://git.acme.example/api/v3', raw: null } }],
    ['gitea:https://acme.example:3000/below/acme/yard/', { base: 'https://acme.example:3000/below', owner: 'acme' }],
    ['gitea:http://127.0.0.1:3000/acme/yard', { base: 'http://127.0.0.1:3000' }],
    ['folder:./demo/', { folder: `${PAGE}demo/` }],
    ['folder:old/incident.tar.gz', { folder: `${PAGE}old/incident.tar.gz` }],
    ['api', { kind: 'api' }],
  ])('understands %s', (word, expected) => {
    expect(sourceAddressOf(word, PAGE)).toMatchObject(expected);
  });

  it.each([
    'github:acme',
    'github:acme/yard/more',
    'github:acme/..',
    'github:https://evil.example/acme/yard',
    'ghes:http://git.acme.example/acme/yard',
    'ghes:https://me:secret@git.acme.example/acme/yard',
    'ghes:https://git.acme.example/below/acme/yard',
    'gitea:https://git.acme.example/acme/yard?x=1',
    'gitea:javascript:alert(1)',
    'folder:../other/',
    'folder:https://evil.example/demo/',
    'folder://evil.example/demo/',
    'folder:./demo',
    'folder:./demo/?x=/',
    '',
  ])('refuses "%s"', (word) => {
    expect(() => sourceAddressOf(word, PAGE)).toThrow(SourceFailure);
  });

  it.each(['', '../x', '-- x', 'a b', 'a..b', 7])('takes no %j for a branch', (state) => {
    expect(() => refNamesOf({ state })).toThrow(SourceFailure);
  });
});

async function found(finding: { source?: string }, files: Readonly<Record<string, unknown>>): Promise<string> {
  const { kind, address } = await findSource(
    { page: PAGE, source: null, ...finding },
    { ...REAL, fetch: serving(files) },
  );
  return `${kind} ${address}`;
}

const serving =
  (files: Readonly<Record<string, unknown>>) =>
  async (url: string | URL): Promise<Response> => {
    const file = files[`${url}`.replace(PAGE, '')];
    if (file === undefined) return new Response('', { status: 404 });
    return new Response(typeof file === 'string' ? file : JSON.stringify(file));
  };
