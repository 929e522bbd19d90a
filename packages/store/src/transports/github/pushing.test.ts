import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { git } from '../../git.fixture.ts';
import { author } from '../../ledger.fixture.ts';
import type { Snapshot } from '../../snapshot.ts';
import { openStore, type Store } from '../../store.ts';
import { commit, landed, push, REF, reasonOf, sortOf } from '../contract/kit.ts';
import type { Transport } from '../transport.ts';
import { type GithubWorld, githubWorld, say } from './github.fixture.ts';

let world: GithubWorld;
let transport: Transport;
beforeEach(async () => {
  world = await githubWorld();
  transport = world.connect();
});
afterEach(() => world.close());

const asked = (): string[] => world.server.requests.map((it) => it.asked);
const inRepository = (...args: string[]) => git(args, { cwd: world.server.repository });

it('needs one request for a commit, which the host makes and signs', async () => {
  const base = await landed(transport, commit({ 'a.json': '1', 'deep/b.json': '1', 'deep/er/c.json': '1' }));
  world.server.requests.length = 0;

  const next = await landed(transport, commit({ 'deep/b.json': '2', 'deep/er/c.json': null, 'new/d.json': '1' }, base));

  expect(asked()).toEqual(['Commit']);
  expect(await inRepository('rev-parse', REF)).toBe(next.commit);
  expect(await inRepository('diff', '--no-renames', '--name-status', base.commit, REF)).toBe(
    'M\tdeep/b.json\nD\tdeep/er/c.json\nA\tnew/d.json',
  );
  expect(await inRepository('log', '-1', '--format=%cn', REF)).toBe('GitHub');
});

it('hears of a stale head as a "200 OK", and takes it for a lost race', async () => {
  const base = await landed(transport, commit({ 'a.json': '1' }));
  await landed(world.connect(), commit({ 'a.json': '2' }, base));
  world.server.requests.length = 0;

  const outcome = await push(transport, commit({ 'a.json': '3' }, base));

  expect(world.server.requests).toMatchObject([{ asked: 'Commit', status: 200 }]);
  expect(sortOf(outcome)).toBe('conflict');
  expect(reasonOf(outcome)).toContain(`Expected branch to point to "${base.commit}"`);
});

it('learns whether it may push at all from a push that cannot land', async () => {
  const { commit: head } = await landed(transport, commit({ 'a.json': '1' }));
  const trial = () =>
    transport.push({ updates: [{ ref: REF, expected: `${'0'.repeat(39)}1`, next: head }], objects: [] });

  expect(sortOf(await trial())).toBe('conflict');
  world.server.rules.declines = 'Changes must be made through a pull request.';
  expect(sortOf(await trial())).toBe('refused');
  expect(await inRepository('rev-parse', REF)).toBe(head);
});

it('asks for folders that a push does not bring along', async () => {
  const base = await landed(transport, commit({ 'a/b/c.json': '1', 'a/d.json': '1' }));
  const { snapshot, objects } = commit({ 'a/b/c.json': '2' }, base);
  const bare = objects.map(({ oid, type, body }) => ({ oid, type, body }));
  const updates = [{ ref: REF, expected: base.commit, next: snapshot.commit }];

  const outcome = await world.connect().push({ updates, objects: bare });

  expect(sortOf(outcome)).toBe('ok');
  expect(await inRepository('rev-parse', `${REF}^{tree}`)).toBe(snapshot.tree);
});

it('carries bytes that are no text, empty files, and a folder in the place of a file', async () => {
  const store = await byteStore({ 'bytes.bin': Buffer.from([0, 255, 254, 10]), empty: Buffer.alloc(0), swap: ONE });

  const { commit: head } = await store.perform({ swap: null, 'bytes.bin': Buffer.from([128]), 'swap2/in': ONE });

  const fresh = await byteStoreOver(world.connect()).refresh();
  expect(fresh.commit).toBe(head);
  expect([...fresh.list()].map(({ path, oid }) => [path, [...(fresh.read(oid) ?? [])]])).toEqual([
    ['bytes.bin', [128]],
    ['empty', []],
    ['swap2/in', [49]],
  ]);
});

it('keeps the trailers of a message byte for byte', async () => {
  const base = await landed(transport, commit({ 'a.json': '1' }));
  const message =
    'claim job 1 – für Ada\n\nOperation: claim\nAgent: mac\nTransaction: mac.b1.7\nReason: "a" <b> & \\c\n';
  const store = openStore<string, null>({
    transport,
    ref: REF,
    compose: () => ({ edits: [{ path: 'a.json', content: Buffer.from('2') }], message, author, answers: [null] }),
  });
  await store.refresh();

  await store.perform('claim');

  expect(`${await inRepository('log', '-1', '--format=%B', REF)}\n`).toBe(message);
  expect(base.commit).toBe(await inRepository('rev-parse', `${REF}^`));
});

describe('what the API cannot do is refused with nothing changed:', () => {
  it('a file that may be run', async () => {
    const base = await landed(transport, commit({ 'a.json': '1' }));
    await chmodByHand();
    const [{ commit: head }] = [await byteStoreOver(transport).refresh()];

    const outcome = push(transport, commit({ 'tool.sh': '2' }, await snapshotNow()));

    expect(sortOf(await outcome)).toBe('refused');
    expect(reasonOf(await outcome)).toContain('tool.sh has the mode 100755');
    expect(await inRepository('rev-parse', REF)).toBe(head);
    expect(head).not.toBe(base.commit);
  });

  it('a branch that the rules of the repository forbid', async () => {
    const body = {
      message: 'Repository rule violations found\n\nCannot create ref due to creations being restricted.',
    };
    world.server.faults.push(say(/^POST \/git\/refs$/, { status: 422, body }));

    const outcome = await push(transport, commit({ 'a.json': '1' }));

    expect([sortOf(outcome), reasonOf(outcome)]).toEqual(['refused', body.message]);
  });

  it('a ref that is no branch', async () => {
    const base = await landed(transport, commit({ 'a.json': '1' }), 'refs/notes/yard');

    const outcome = await push(transport, commit({ 'a.json': '2' }, base), 'refs/notes/yard');

    expect(sortOf(outcome, 'refs/notes/yard')).toBe('refused');
  });
});

describe('the host', () => {
  let base: Snapshot;
  beforeEach(async () => {
    base = await landed(transport, commit({ 'a.json': '1' }));
  });
  const tryIt = () => push(transport, commit({ 'a.json': '2' }, base));

  it('that wants us to slow down has changed nothing', async () => {
    const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
    world.server.faults.push(say(/^Commit$/, { status: 403, headers: { 'Retry-After': '9' }, body: { message } }));

    await expect(tryIt()).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 9_000, mayHaveLanded: false });
  });

  it('that has no more requests for us says so with "200 OK"', async () => {
    const errors = [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded for user ID 1.' }];
    world.server.faults.push(say(/^Commit$/, { body: { data: null, errors } }));

    await expect(tryIt()).rejects.toMatchObject({ code: 'RATE_LIMITED', mayHaveLanded: false });
  });

  it('that forbids it is believed', async () => {
    const errors = [{ type: 'FORBIDDEN', message: 'Resource not accessible by personal access token' }];
    world.server.faults.push(say(/^Commit$/, { body: { data: { createCommitOnBranch: null }, errors } }));

    const outcome = await tryIt();

    expect([sortOf(outcome), reasonOf(outcome)]).toEqual(['refused', errors[0]?.message]);
  });

  it.each([
    ['gave up in the middle', { body: { data: null, errors: [{ message: 'Something went wrong.' }] } }],
    ['said nothing', { body: { data: { createCommitOnBranch: { commit: { oid: 'what?' } } } } }],
    ['is hidden by a gateway', { status: 502, body: 'Bad Gateway' }],
    ['sends a page that calls itself a success', { body: '<html>' }],
  ])('that %s may have done it', async (_, answer) => {
    world.server.faults.push(say(/^Commit$/, answer));

    expect(await tryIt()).toMatchObject({ kind: 'unclear' });
  });

  it('that made other files than were sent is told of', async () => {
    const other = { oid: base.commit, tree: { oid: '1'.repeat(40) } };
    world.server.faults.push(say(/^Commit$/, { body: { data: { createCommitOnBranch: { commit: other } } } }));

    await expect(tryIt()).rejects.toMatchObject({
      code: 'REMOTE_INVALID',
      mayHaveLanded: true,
      hint: expect.stringContaining(base.commit),
    });
  });
});

const ONE = Buffer.from('1');
type Files = Readonly<Record<string, Buffer | null>>;

function byteStoreOver(over: Transport): Store<Files, null> {
  return openStore<Files, null>({
    transport: over,
    ref: REF,
    compose: (_, changes) => ({
      edits: changes.flatMap((it) => Object.entries(it).map(([path, content]) => ({ path, content }))),
      message: 'bytes',
      author,
      answers: changes.map(() => null),
    }),
  });
}

async function byteStore(files: Files): Promise<Store<Files, null>> {
  const store = byteStoreOver(transport);
  const edits = Object.entries(files).map(([path, content]) => ({ path, content }));
  await store.create({ edits, message: 'begin', author });
  return store;
}

const snapshotNow = () => byteStoreOver(transport).refresh();

async function chmodByHand(): Promise<void> {
  const blob = await git(['hash-object', '-w', '--stdin'], { cwd: world.server.repository, input: '1' });
  const tree = await git(['mktree'], { cwd: world.server.repository, input: `100755 blob ${blob}\ttool.sh\n` });
  const head = await inRepository('commit-tree', tree, '-p', REF, '-m', 'a tool');
  await inRepository('update-ref', REF, head);
}
