import { execFileSync } from 'node:child_process';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openStore, openTransport, type Store } from '@gityard/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GitRequestInfo } from '../exchange.ts';
import { git, type TestServer, testServer } from '../git.fixture.ts';

type Write = { readonly path: string; readonly text: string | null };
type Files = Store<readonly Write[], null>;

const REF = 'refs/heads/yard';
const author = { name: 'Spec', email: 'spec@example.org' };

describe('pushes and looks without a program', () => {
  let server: TestServer;
  let repository: string;
  let seen: GitRequestInfo[];
  const closing: (() => Promise<unknown>)[] = [];

  beforeEach(async () => {
    seen = [];
    server = await testServer({ onRequest: (info) => seen.push(info) });
    repository = await server.createRepository('yard');
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
    await server.dispose();
  });

  async function connect({ ref = REF, history = 'kept' as 'kept' | 'none' } = {}): Promise<Files> {
    const transport = openTransport(server.urlOf('yard'));
    const store: Files = openStore({
      transport,
      ref,
      history,
      compose: (_, operations) => ({
        edits: operations.flat().map(({ path, text }) => ({ path, content: text === null ? null : Buffer.from(text) })),
        message: `write ${operations.flat().length} files, ${Math.random()}\n`,
        author,
        answers: operations.map(() => null),
      }),
    });
    closing.push(async () => {
      await store.close();
      await transport.close();
    });
    return store;
  }

  async function begun(options: Parameters<typeof connect>[0] = {}): Promise<Files> {
    const store = await connect(options);
    const edits = [{ path: 'jobs/aa/one.json', content: Buffer.from('1') }];
    await store.create({ edits, message: 'begin\n', author });
    seen.length = 0;
    return store;
  }

  const write = (store: Files, path: string, text: string | null) => store.perform([{ path, text }]);
  const direct = () => seen.map((it) => it.isDirect);
  const fsck = () => git(repository, 'fsck', '--strict', '--no-dangling');

  it('take in what a store commits, as Git itself would have', async () => {
    const store = await begun();
    for (let at = 0; at < 20; at++) await write(store, `jobs/${at % 3}/job-${at}.json`, `job ${at}`);
    await write(store, 'jobs/1/job-1.json', null);

    expect(direct()).toEqual(seen.map(() => true));
    expect(await fsck()).toBe('');
    await git(server.folder, 'clone', '--quiet', '--branch', 'yard', server.urlOf('yard'), 'clone');
    const names = await git(join(server.folder, 'clone'), 'ls-files', 'jobs');
    expect(names.split('\n')).toHaveLength(20);
    expect(await git(join(server.folder, 'clone'), 'rev-list', '--count', 'HEAD')).toBe('22');
  });

  it('replace a commit that has no parent', async () => {
    const store = await begun({ ref: 'refs/heads/live', history: 'none' });
    for (let at = 0; at < 5; at++) await write(store, 'beat.json', `${at}`);

    expect(direct()).toEqual([true, true, true, true, true]);
    expect(await git(repository, 'rev-list', '--count', 'live')).toBe('1');
    expect(await fsck()).toBe('');
  });

  it('bring a store up to date that is some commits behind, with what came back from long ago', async () => {
    const store = await begun();
    await write(store, 'a.json', 'old');
    await write(store, 'a.json', 'new');
    const other = await connect();
    await other.refresh();
    await write(store, 'a.json', 'old');
    await write(store, 'b.json', 'more');
    seen.length = 0;

    const snapshot = await other.refresh();

    expect(direct()).toEqual([true]);
    expect(snapshot.commit).toBe(store.snapshot?.commit);
    const read = (path: string) => Buffer.from(snapshot.read(snapshot.entry(path)?.oid ?? '') ?? []).toString();
    expect([read('a.json'), read('b.json'), read('jobs/aa/one.json')]).toEqual(['old', 'more', '1']);
  });

  it('say in one look that nothing moved', async () => {
    const store = await begun();
    await write(store, 'a.json', '1');
    // The first look also asks what the server can do.
    await store.refresh();
    seen.length = 0;

    await store.refresh();

    expect(seen).toMatchObject([{ service: 'git-upload-pack', isDirect: true }]);
    expect(seen[0]?.bytesOut).toBeLessThan(200);
  });

  it('let one of many writers win each time, and lose nothing', async () => {
    await begun();
    const stores = await Promise.all(Array.from({ length: 6 }, () => connect()));
    await Promise.all(stores.map((it) => it.refresh()));

    await Promise.all(
      stores.flatMap((store, who) => [0, 1, 2].map((at) => write(store, `jobs/of-${who}/${at}.json`, `${at}`))),
    );

    const paths = await git(repository, 'ls-tree', '-r', '--name-only', 'yard', 'jobs');
    expect(paths.split('\n')).toHaveLength(19);
    expect(await fsck()).toBe('');
  });

  it('go on beside what Git itself is pushed', async () => {
    const store = await begun();
    await write(store, 'a.json', '1');
    await git(server.folder, 'clone', '--quiet', '--branch', 'yard', server.urlOf('yard'), 'clone');
    const clone = join(server.folder, 'clone');
    await writeFile(join(clone, 'by hand.json'), 'hand made');
    await git(clone, 'add', '.');
    await git(clone, 'commit', '--quiet', '-m', 'by hand');
    await git(clone, 'push', '--quiet', 'origin', 'yard');

    await write(store, 'b.json', '2');
    await git(repository, 'gc', '--quiet', '--prune=now');
    await write(store, 'c.json', '3');

    expect((await git(repository, 'ls-tree', '--name-only', 'yard')).split('\n')).toEqual([
      'a.json',
      'b.json',
      'by hand.json',
      'c.json',
      'jobs',
    ]);
    expect(await fsck()).toBe('');
  });

  it.each([
    [
      'a hook',
      async () => {
        await mkdir(join(repository, 'hooks'), { recursive: true });
        await writeFile(join(repository, 'hooks', 'update'), '#!/bin/sh\nexit 0\n');
        await chmod(join(repository, 'hooks', 'update'), 0o755);
      },
    ],
    ['a setting that forbids something', () => git(repository, 'config', 'receive.denyDeletes', 'true')],
    ['a setting that nobody knows', () => git(repository, 'config', 'extensions.worktreeConfig', 'true')],
  ])('leave to Git a repository with %s', async (_, make) => {
    const store = await begun();
    await make();

    await write(store, 'a.json', '1');

    expect(direct()).toEqual([false]);
  });

  it.each(['.gitmodules', 'a b.json', 'ümlaut.json', '-rf'])('leave a file named %s to Git', async (name) => {
    const store = await begun();

    await write(store, name, '1');

    expect(direct()).toEqual([false]);
    expect(await git(repository, 'show', `yard:${name}`)).toBe('1');
  });

  it('keep out what Git keeps out', async () => {
    const store = await begun();

    await expect(write(store, 'GIT~1', '1')).rejects.toThrow('hasDotgit');
  });

  it('leave a ref that is locked to Git, which knows how to say so', async () => {
    const store = await begun();
    await writeFile(join(repository, 'refs/heads/yard.lock'), '');
    const writing = write(store, 'a.json', '1');
    await expect.poll(() => seen.length).toBeGreaterThan(1);
    await rm(join(repository, 'refs/heads/yard.lock'));

    expect(await writing).toMatchObject({ commit: await git(repository, 'rev-parse', 'yard') });
    expect(seen.some((it) => it.service === 'git-receive-pack' && !it.isDirect)).toBe(true);
  });

  it('do not believe that a file is there only because it once was', async () => {
    const store = await begun();
    await write(store, 'a.json', 'once');
    await write(store, 'a.json', 'then');
    const blob = await git(repository, 'rev-parse', 'yard~1:a.json');
    const [head, tree] = [await git(repository, 'rev-parse', 'yard'), treeWith(repository, blob)];
    await rm(join(repository, 'objects', blob.slice(0, 2), blob.slice(2)));
    const pack = packOf(repository, { tree, parent: head });

    const answer = await pushRaw(server, { old: head, next: pack.commit, pack: pack.bytes });

    expect(answer).not.toContain('ok refs/heads/yard');
    expect(await git(repository, 'rev-parse', 'yard')).toBe(head);
  });
});

/** A tree that names a blob, whether it is there or not. */
function treeWith(repository: string, blob: string): string {
  const rows = `100644 blob ${blob}\ta.json\n`;
  return run(repository, ['mktree', '--missing'], rows).toString().trim();
}

function packOf(repository: string, { tree, parent }: { tree: string; parent: string }) {
  const commit = run(repository, ['commit-tree', tree, '-p', parent, '-m', 'x']).toString().trim();
  const bytes = run(repository, ['pack-objects', '--stdout'], `${commit}\n${tree}\n`);
  for (const oid of [commit, tree])
    execFileSync('rm', ['-f', join(repository, 'objects', oid.slice(0, 2), oid.slice(2))]);
  return { commit, bytes };
}

function run(repository: string, args: string[], input = ''): Buffer {
  const person = { NAME: 'Spec', EMAIL: 'spec@example.org', DATE: '1700000000 +0000' };
  const env = Object.entries(person).flatMap(([key, value]) =>
    ['AUTHOR', 'COMMITTER'].map((role) => [`GIT_${role}_${key}`, value]),
  );
  return execFileSync('git', [`--git-dir=${repository}`, ...args], {
    input,
    env: { ...process.env, ...Object.fromEntries(env) },
  });
}

async function pushRaw(
  server: TestServer,
  { old, next, pack }: { old: string; next: string; pack: Buffer },
): Promise<string> {
  const line = `${old} ${next} refs/heads/yard\0 report-status`;
  const head = `${(line.length + 4).toString(16).padStart(4, '0')}${line}0000`;
  const reply = await fetch(`${server.urlOf('yard')}/git-receive-pack`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-git-receive-pack-request' },
    body: Buffer.concat([Buffer.from(head, 'latin1'), pack]),
  });
  return reply.text();
}
