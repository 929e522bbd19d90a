import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder } from '../../../scripts/make-folder.ts';
import { type ApiOfRepository, startApiOf } from '../../testing/mock-api.ts';
import { browserOf } from '../../testing/mock-browser.ts';
import { fetchFromFolder } from '../../testing/mock-folder.ts';
import { GiteaMock } from '../../testing/mock-gitea.ts';
import { GithubMock } from '../../testing/mock-github.ts';
import { MockRepository } from '../../testing/mock-repository.ts';
import { sampleYard } from '../../testing/sample-yard.ts';
import { ApiSession } from './api-session.ts';
import { openSource } from './list.ts';
import type { Source } from './source.ts';
import { DEFAULT_REFS, sourceAddressOf } from './source-address.ts';
import { REAL, type Wiring } from './wiring.ts';

const MODEL = 'shared/health_dashboard.json';
const ODD = 'shared/jobs/a b/ü#%?&.json';
const BINARY = Uint8Array.from({ length: 256 }, (_, n) => n);
const NOON = Date.parse('2026-03-01T12:00:00Z');
const PAGE = 'https://acme.example/yard/';

let repository: MockRepository;
let folder: TemporaryFolder;
let first: string;
let api: ApiOfRepository;
beforeAll(async () => {
  [repository, folder] = await Promise.all([MockRepository.make(), temporaryFolder()]);
  first = await repository.commit('yard', { 'yard.json': '{}', [ODD]: 'one', 'shared/jobs/x.json': 'x' }, at(0));
  const second = { files: { [ODD]: 'two', 'shared.txt': '', 'log.bin': BINARY } };
  const counts = Array.from({ length: 128 }, (_, n) => n + 2);
  await repository.commitAll([
    { ...second, branch: 'yard', ...at(1), message: 'second\n\nwith a body' },
    ...counts.map((n) => ({ branch: 'yard', files: { 'counter.txt': `${n}` }, ...at(n), message: `count ${n}` })),
    { branch: 'yard-live', files: { [MODEL]: modelOf(1) }, ...at(1) },
  ]);
  api = await startApiOf(repository);
  await makeFolder({ repository: repository.path, folder: join(folder.path, 'demo'), past: 200 });
  await promisify(execFile)('tar', [
    '-czf',
    join(folder.path, 'incident.tar.gz'),
    '-C',
    join(folder.path, 'demo'),
    '.',
  ]);
});
afterAll(() => Promise.all([api.close(), repository.remove(), folder.remove()]));

const at = (minute: number) => ({ at: NOON + minute * 60_000 });
const modelOf = (sequence: number) => JSON.stringify(sampleYard('2026-03-01T12:00:00.000Z', { sequence }));
const signal = new AbortController().signal;

type Fetch = Wiring['fetch'];
const MEMBERS: readonly (readonly [name: string, word: string, fetch: () => Fetch])[] = [
  ['github', 'github:acme/yard', () => browserOf(new GithubMock(repository)).fetch],
  ['github with a token', 'github:acme/yard', () => browserOf(new GithubMock(repository)).fetch],
  [
    'a GitHub of one’s own',
    'ghes:https://github.acme.example/acme/yard',
    () => browserOf(new GithubMock(repository)).fetch,
  ],
  ['gitea', 'gitea:https://git.acme.example/acme/yard', () => browserOf(new GiteaMock(repository)).fetch],
  ['gitea with a token', 'gitea:https://git.acme.example/acme/yard', () => browserOf(new GiteaMock(repository)).fetch],
  ['api', 'api', () => api.fetchAt(PAGE)],
  ['folder', 'folder:./demo/', () => fetchFromFolder(folder.path, PAGE)],
  ['archive', 'folder:./incident.tar.gz', () => fetchFromFolder(folder.path, PAGE)],
];

describe.each(MEMBERS)('the source %s', (name, word, fetch) => {
  let source: Source;
  const requests: string[] = [];
  beforeAll(async () => {
    const wiring = { ...REAL, fetch: mapped(fetch()), heard: ({ what }: { what: string }) => requests.push(what) };
    source = await openSource(sourceAddressOf(word, PAGE), {
      page: PAGE,
      refs: DEFAULT_REFS,
      session: new ApiSession(PAGE, { key: null, wiring }),
      wiring,
    });
    await source.renewRights?.();
    if (name.endsWith('with a token')) source.useToken('writes');
  });

  it('looks with one request, and knows when nothing changed', async () => {
    requests.length = 0;
    const look = await source.look(null, signal);
    expect(look.kind === 'snapshot' && look.model.sequence).toBe(1);
    if (source.kind !== 'folder') expect(requests).toHaveLength(1);

    const tag = look.kind === 'snapshot' ? look.tag : null;
    expect((await source.look(tag, signal)).kind).toBe('same');
    expect((await source.look('another', signal)).kind).toBe('snapshot');
  });

  it('reads a file as it is now and as it was, with the name that Git gives it', async () => {
    const now = await source.file({ ref: 'state' }, ODD, signal);
    const then = await source.file({ commit: first }, ODD, signal);

    expect([text(now?.bytes), text(then?.bytes)]).toEqual(['two', 'one']);
    expect(now?.oid).toBe(await inRepository('rev-parse', `yard:${ODD}`));
    expect((await source.file({ ref: 'state' }, 'log.bin', signal))?.bytes).toEqual(BINARY);
    expect((await source.file({ ref: 'state' }, 'shared.txt', signal))?.bytes).toHaveLength(0);
    expect(await source.file({ ref: 'state' }, 'shared/jobs/none.json', signal)).toBeUndefined();
    expect(await source.file({ commit: first }, 'log.bin', signal)).toBeUndefined();
  });

  it('lists the files below a folder in the order of Git, and reads each by its content', async () => {
    const whole = await source.tree({ ref: 'state' }, '', signal);
    const jobs = await source.tree({ ref: 'state' }, 'shared/jobs', signal);

    const expected = (
      await inRepository(
        '-c',
        'core.quotePath=false',
        'ls-tree',
        '-r',
        '-z',
        '--format=%(objectname) %(objectsize) %(path)',
        'yard',
      )
    ).split('\0');
    expect(whole.map((it) => `${it.oid} ${it.sizeBytes} ${it.path}`)).toEqual(expected.filter(Boolean));
    expect(jobs.map((it) => it.path)).toEqual([ODD, 'shared/jobs/x.json']);
    expect(await source.tree({ ref: 'state' }, 'shared/none', signal)).toEqual([]);
    expect((await source.tree({ commit: first }, '', signal)).map((it) => it.path)).not.toContain('log.bin');
    for (const { oid, path } of whole)
      expect(text(await source.blob(oid, signal)), path).toBe(text(await repository.blob(oid)));
  });

  it('hands out in a batch what it hands out singly, where it has batches', async () => {
    const batch = await source.batch?.();
    expect(Boolean(batch)).toBe(name === 'api' || name === 'github with a token');
    if (!batch) return;
    const whole = await source.tree({ ref: 'state' }, '', signal);
    requests.length = 0;

    const found = await batch.read([...whole.map(({ oid }) => oid), 'f'.repeat(40)], signal);

    expect(requests).toHaveLength(1);
    expect(found.has('f'.repeat(40))).toBe(false);
    // GraphQL has texts alone.
    const texts = whole.filter(({ path }) => name === 'api' || path !== 'log.bin');
    expect(new Set(found.keys())).toEqual(new Set(texts.map(({ oid }) => oid)));
    for (const { oid, path } of texts) expect(text(found.get(oid)), path).toBe(text(await repository.blob(oid)));
  });

  it('tells the history from a branch or a commit on, of one file, and up to a time', async () => {
    const of = async (
      ...asked: Parameters<Source['commits']> extends [infer F, infer W, AbortSignal] ? [F, W] : never
    ) => (await source.commits(...asked, signal)).map((it) => it.message);

    expect(await of({ ref: 'state' }, { count: 2 })).toEqual(['count 129', 'count 128']);
    expect(await of({ ref: 'state' }, { count: 125 })).toHaveLength(125);
    expect(await of({ ref: 'state' }, { count: 200 })).toHaveLength(130);
    expect(await of({ ref: 'state' }, { count: 9, path: ODD })).toEqual(['second\n\nwith a body', 'change']);
    expect(await of({ ref: 'state' }, { count: 9, path: 'shared/jobs' })).toHaveLength(2);
    expect(await of({ ref: 'state' }, { count: 2, until: '2026-03-01T12:05:00Z' })).toEqual(['count 5', 'count 4']);
    const [newest] = await source.commits({ commit: first }, { count: 5 }, signal);
    expect(newest).toEqual({ commit: first, at: expect.any(String), author: 'A Person', message: 'change' });
    expect(Date.parse(newest?.at ?? '')).toBe(NOON);
  });

  it('says where a branch is not there', async () => {
    const failure = { failure: { kind: 'not-found' } };

    await expect(source.tree({ ref: 'logs' }, '', signal)).rejects.toMatchObject(failure);
    await expect(source.commits({ ref: 'logs' }, { count: 1 }, signal)).rejects.toMatchObject(failure);
  });

  it('stops when nobody waits any more', async () => {
    const over = AbortSignal.abort(new Error('gone'));

    await expect(source.file({ ref: 'state' }, 'yard.json', over)).rejects.toThrow('gone');
  });

  it('takes a wish, or says that it does not', async () => {
    const wish = { op: 'cancel', target: '01j', args: { reason: 'no' }, if: { status: 'queued' } } as const;
    const id = '01kb0000000000000000000000';
    const sent = source.send({ id, wish: wish as never, isAgain: false }, signal);

    if (source.commands() !== 'direct') return expect(sent).rejects.toMatchObject({ failure: { kind: 'denied' } });
    const receipt = await sent;
    if (source.kind === 'api') return expect(receipt).toEqual({ state: 'applied', commit: null });
    const path = receipt.state === 'queued' ? receipt.path : '';
    expect(path).toBe(`queue/${id}.json`);
    expect(receipt).toMatchObject({ state: 'queued', commit: await inRepository('rev-parse', 'yard') });
    expect(JSON.parse(await inRepository('show', `yard:${path}`))).toEqual(wish);
    await inRepository('update-ref', 'refs/heads/yard', 'yard^');
  });
});

const text = (bytes: Uint8Array | undefined) => (bytes ? new TextDecoder().decode(bytes) : undefined);
const inRepository = async (...args: string[]) => `${await repository.git(args)}`.trim();

/** The hosts of the world stand in one pretended one. */
const mapped =
  (fetch: Fetch): Fetch =>
  (url, init) =>
    fetch(new URL(new URL(url).href.replace('https://raw.githubusercontent.com/', 'https://github/raw-host/')), init);
