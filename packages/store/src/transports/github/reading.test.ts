import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { decodeCommit } from '../../codec/commit.ts';
import { type GitObject, makeObject } from '../../codec/object.ts';
import { git } from '../../git.fixture.ts';
import { readHistory } from '../../history.ts';
import { blobsOf, commit, commitsOf, landed, REF } from '../contract/kit.ts';
import type { Transport } from '../transport.ts';
import { type GithubWorld, githubWorld, say } from './github.fixture.ts';

let world: GithubWorld;
let transport: Transport;
beforeEach(async () => {
  world = await githubWorld();
  transport = world.connect();
});
afterEach(() => world.close());

const inRepository = (args: string[], input?: string) =>
  git(args, { cwd: world.server.repository, ...(input && { input }) });
const asked = (): string[] => world.server.requests.map((it) => it.asked);
const isItself = ({ oid, type, body }: GitObject): boolean => makeObject(type, body).oid === oid;

describe('a head that did not move', () => {
  it('costs the token nothing', async () => {
    const { commit: head } = await landed(transport, commit({ 'a.json': '1' }));
    await transport.fetchRef({ ref: REF, have: [head] });
    const { remaining } = world.server.rules;
    world.server.requests.length = 0;

    for (let count = 0; count < 3; count += 1)
      expect(await transport.fetchRef({ ref: REF, have: [head] })).toEqual({ head, objects: [] });

    expect(world.server.requests.map((it) => it.status)).toEqual([304, 304, 304]);
    expect(world.server.rules.remaining).toBe(remaining);
    expect(transport.rateLimit).toMatchObject({ limit: 5_000, remaining });
  });

  it('is asked for again when a copy of the host lags behind what we know', async () => {
    const first = await landed(transport, commit({ 'a.json': '1' }));
    const second = await landed(transport, commit({ 'a.json': '2' }, first));
    const body = { ref: REF, object: { sha: first.commit, type: 'commit' } };
    world.server.faults.push(say(/^GET \/git\/ref\//, { body }), say(/^GET \/git\/ref\//, { body }));

    const fetched = await transport.fetchRef({ ref: REF, have: [second.commit] });

    expect(fetched).toEqual({ head: second.commit, objects: [] });
  });

  it('is believed to be an old one in the end', async () => {
    const first = await landed(transport, commit({ 'a.json': '1' }));
    const second = await landed(transport, commit({ 'a.json': '2' }, first));
    await inRepository(['update-ref', REF, first.commit]);

    expect((await transport.fetchRef({ ref: REF, have: [second.commit] })).head).toBe(first.commit);
  });
});

describe('what is fetched', () => {
  it('is verified by its hash, whoever made the commit', async () => {
    const first = await landed(transport, commit({ 'a/b/c.json': '1', 'd.json': '€' }));
    await landed(transport, commit({ 'd.json': '2' }, first));
    await commitByHand({ GIT_AUTHOR_DATE: '1700000000 -0730', GIT_COMMITTER_DATE: '1700000001 +0545' });
    await mergeByHand(first.commit);

    const { objects } = await world.connect().fetchRef({ ref: REF, have: [] });

    const expected = await inRepository(['rev-list', '--objects', '--no-object-names', REF]);
    expect(objects.map((it) => it.oid).sort()).toEqual(expected.split('\n').sort());
    expect(objects.filter((it) => !isItself(it))).toEqual([]);
  });

  it('keeps the name and the fields of a commit that cannot be put together again', async () => {
    await landed(transport, commit({ 'a.json': '1' }));
    const tree = await inRepository(['rev-parse', `${REF}^{tree}`]);
    const person = 'A Person <person@example.com> 1700000000 +0000';
    const text = `tree ${tree}\nparent ${await inRepository(['rev-parse', REF])}\nauthor ${person}\ncommitter ${person}\nx-tool nobody tells of this\n\nodd\n`;
    const odd = await inRepository(['hash-object', '-t', 'commit', '-w', '--stdin'], text);
    await inRepository(['update-ref', REF, odd]);

    const { head, objects } = await transport.fetchRef({ ref: REF, have: [], depth: 1 });

    const [told] = objects.filter((it) => it.type === 'commit');
    expect([head, told?.oid, told && isItself(told)]).toEqual([odd, odd, false]);
    expect(told && decodeCommit(told.body)).toMatchObject({ tree, message: 'odd\n', author: { name: 'A Person' } });
  });

  it('is all there when a listing is cut', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [`f${at % 5}/g${at % 3}/${at}.json`, `${at}`]),
    );
    await landed(transport, commit(files));
    world.server.rules.longestListing = 20;

    const fetched = await world.connect().fetchRef({ ref: REF, have: [], depth: 1 });

    expect(blobsOf(fetched).sort()).toEqual(Object.values(files).sort());
    expect(asked()).toContain('Trees');
  });

  it('may have names that are no text', async () => {
    await landed(transport, commit({ 'a.json': '1' }));
    const blob = await inRepository(['hash-object', '-w', '--stdin'], 'odd');
    const tree = await git(['mktree'], {
      cwd: world.server.repository,
      input: Buffer.concat([Buffer.from(`100644 blob ${blob}\t`), Buffer.from([0xff, 0xfe, 0x0a])]),
    });
    await inRepository(['update-ref', REF, await inRepository(['commit-tree', tree, '-p', REF, '-m', 'odd'])]);

    const fetched = await transport.fetchRef({ ref: REF, have: [], depth: 1 });

    expect(fetched.objects.find((it) => it.type === 'tree')?.oid).toBe(tree);
    expect(blobsOf(fetched)).toEqual(['odd']);
  });

  it('is refused when it is not what its name says', async () => {
    await landed(transport, commit({ 'a.json': '1' }));
    const fetch = () => world.connect().fetchRef({ ref: REF, have: [], depth: 1 });
    const o0 = { byteSize: 6, isBinary: false, isTruncated: false, text: 'forged' };
    const entries = [{ mode: 0o100644, nameRaw: 'YQ==', oid: '1'.repeat(40) }];
    const graphql = (it: object) => ({ body: { data: { repository: { o0: it } } } });

    world.server.faults.push(say(/^Blobs$/, graphql(o0)), say(/blobs/, { body: { content: 'Zm9yZ2Vk' } }));
    await expect(fetch()).rejects.toMatchObject({ code: 'REMOTE_INVALID', message: expect.stringContaining('a file') });

    world.server.faults.push(say(/trees/, { body: { tree: [] } }), say(/^Trees$/, graphql({ entries })));
    await expect(fetch()).rejects.toMatchObject({
      code: 'REMOTE_INVALID',
      message: expect.stringContaining('a folder'),
    });
  });

  it('is had as bytes where the host mended a text', async () => {
    await landed(transport, commit({ 'a.json': 'caf\u00e9' }));
    const o0 = { byteSize: 5, isBinary: false, isTruncated: false, text: 'caf\ufffd' };
    world.server.faults.push(say(/^Blobs$/, { body: { data: { repository: { o0 } } } }));

    expect(blobsOf(await world.connect().fetchRef({ ref: REF, have: [], depth: 1 }))).toEqual(['caf\u00e9']);
  });

  it('is not more than a megabyte of one file', async () => {
    await landed(transport, commit({ 'large.txt': 'x'.repeat(1024 * 1024 + 1), 'small.txt': 's' }));

    const whole = await world.connect().fetchRef({ ref: REF, have: [], depth: 1 });
    const all = await world.connect().fetchRef({ ref: REF, have: [] });

    expect([blobsOf(whole), blobsOf(all)]).toEqual([['s'], ['s']]);
  });

  it('takes few requests, however many commits are new', async () => {
    const first = await landed(transport, commit({ 'jobs/aa/1.json': '1', 'jobs/bb/2.json': '1' }));
    await manyCommits(230);
    world.server.requests.length = 0;

    const fetched = await transport.fetchRef({ ref: REF, have: [first.commit] });

    expect(commitsOf(fetched)).toHaveLength(230);
    expect(blobsOf(fetched)).toHaveLength(230);
    // The head, 4 pages of commits, one listing of what we had, 2 levels of folders, and the files.
    expect(asked()).toHaveLength(1 + 4 + 1 + 2 * 5 + 3);
  });
});

describe('a repository', () => {
  it('without any commit is told apart from one without this branch', async () => {
    const empty = await githubWorld({ empty: true });
    const there = empty.connect();

    expect(await there.readRefs(['refs/heads/'])).toEqual(new Map());
    expect(await there.fetchRef({ ref: REF, have: [] })).toEqual({ head: null, objects: [] });
    const { snapshot, objects } = commit({ 'a.json': '1' });
    await expect(
      there.push({ updates: [{ ref: REF, expected: null, next: snapshot.commit }], objects }),
    ).rejects.toMatchObject({ code: 'REMOTE_INVALID', hint: expect.stringContaining('README') });
    await empty.close();
  });

  it('that the token may not see is no missing branch', async () => {
    const body = { message: 'Not Found', status: '404' };
    world.server.faults.push(say(/./, { status: 404, body }), say(/./, { status: 404, body }));

    await expect(transport.fetchRef({ ref: REF, have: [] })).rejects.toMatchObject({ code: 'REMOTE_INVALID' });
  });

  it('is read to its beginning when the past is asked for', async () => {
    await landed(transport, commit({ 'a.json': '1' }));
    await manyCommits(120);

    const { commits, snapshotOf } = await readHistory(transport, REF);

    expect(commits).toHaveLength(121);
    expect([...snapshotOf(commits[60]?.oid ?? '').list()].map((it) => it.path)).toEqual(['jobs/many.json']);
  });
});

async function commitByHand(times: Record<string, string>): Promise<void> {
  const zones = Object.entries(times).map(([name, value]) => [name.includes('AUTHOR') ? 'author' : 'committer', value]);
  const tree = await inRepository(['rev-parse', `${REF}^{tree}`]);
  const lines = zones.map(([who, value]) => `${who} A Person <person@example.com> ${value}`);
  const text = [`tree ${tree}`, `parent ${await inRepository(['rev-parse', REF])}`, ...lines, '', 'by hand\n'].join(
    '\n',
  );
  await inRepository(['update-ref', REF, await inRepository(['hash-object', '-t', 'commit', '-w', '--stdin'], text)]);
}

async function mergeByHand(other: string): Promise<void> {
  const tree = await inRepository(['rev-parse', `${REF}^{tree}`]);
  const merge = await inRepository(['commit-tree', tree, '-p', other, '-p', REF, '-m', 'merge']);
  await inRepository(['update-ref', REF, merge]);
}

/** Each replaces one file in one folder. */
async function manyCommits(count: number): Promise<void> {
  const head = await inRepository(['rev-parse', REF]);
  const one = (at: number) => {
    const text = `content ${at}`;
    const from = at === 0 ? `from ${head}\ndeleteall\n` : '';
    return `commit ${REF}\ncommitter P <p@example.com> ${1_700_000_100 + at} +0000\ndata 1\nm\n${from}M 100644 inline jobs/many.json\ndata ${text.length}\n${text}\n`;
  };
  await inRepository(['fast-import', '--quiet'], Array.from({ length: count }, (_, at) => one(at)).join(''));
}
