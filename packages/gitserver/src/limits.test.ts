import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';

import { ask, cloneWithCommit, git, holdPushes, runningGit, type TestServer, testServer } from './git.fixture.ts';
import type { GitServerOptions } from './git-server.ts';

const PUSH = { path: '/yard.git/git-receive-pack', method: 'POST' };
const PUSH_TYPE = { 'Content-Type': 'application/x-git-receive-pack-request' };
const REFS = '/yard.git/info/refs?service=git-upload-pack';

describe('limits', () => {
  let server: TestServer;

  async function start(options: Partial<GitServerOptions> = {}): Promise<string> {
    server = await testServer(options);
    return server.createRepository('yard');
  }

  afterEach(() => server.dispose());

  it('has nothing for a repository that does not exist', async () => {
    await start();

    expect(await ask(server.url, { path: REFS.replace('yard', 'other') })).toMatchObject({ status: 404 });
    expect(await ask(server.url, { path: '/' })).toMatchObject({ status: 404 });
  });

  it('refuses a request that a foreign name or page brought here', async () => {
    await start();

    expect(await ask(server.url, { path: REFS, headers: { Host: 'evil.example' } })).toMatchObject({ status: 403 });
    expect(await ask(server.url, { path: REFS, headers: { Origin: 'http://evil.example' } })).toMatchObject({
      status: 403,
    });
  });

  it('refuses a body that is declared too large before it is sent', async () => {
    await start({ maxBodyBytes: 1_000 });

    const answer = await ask(server.url, { ...PUSH, headers: PUSH_TYPE, body: Buffer.alloc(1_001) });

    expect(answer).toMatchObject({ status: 413, text: 'the body is larger than the allowed 1000 bytes\n' });
  });

  it('refuses a body that turns out too large on the way', async () => {
    const repository = await start({ maxBodyBytes: 200_000 });
    const clone = await cloneWithCommit(server, { sizeBytes: 1_000_000 });

    const push = git(clone, '-c', 'http.postBuffer=65536', 'push', 'origin', 'main');

    await expect(push).rejects.toThrow('HTTP 413');
    expect(await git(repository, 'for-each-ref')).toBe('');
    expect(await runningGit(server)).toEqual([]);
  });

  it('refuses a small body that unpacks to a large one', async () => {
    await start({ maxBodyBytes: 1_000_000 });
    const body = gzipSync(Buffer.alloc(20_000_000));

    const headers = { ...PUSH_TYPE, 'Content-Encoding': 'gzip' };
    expect(await ask(server.url, { ...PUSH, headers, body })).toMatchObject({ status: 413 });
  });

  it('refuses a body that is not what its encoding says', async () => {
    await start();
    const packed = (encoding: string) => ({ ...PUSH_TYPE, 'Content-Encoding': encoding });

    expect(await ask(server.url, { ...PUSH, headers: packed('gzip'), body: 'plain' })).toMatchObject({ status: 400 });
    expect(await ask(server.url, { ...PUSH, headers: packed('br'), body: 'plain' })).toMatchObject({ status: 415 });
  });

  it('turns a git that fails without a word into one line, free of the paths of this machine', async () => {
    await start();

    const answer = await ask(server.url, { ...PUSH, headers: PUSH_TYPE, body: 'this is not the protocol' });

    expect(answer).toMatchObject({
      status: 500,
      text: expect.stringMatching(/^git-receive-pack failed: fatal: .+\n$/),
    });
    expect(answer.text).not.toContain(server.folder);
  });

  it('says that a damaged repository is damaged', async () => {
    const repository = await start();
    await rm(join(repository, 'objects'), { recursive: true });

    const answer = await ask(server.url, { path: REFS });

    expect(answer).toMatchObject({ status: 500, text: expect.stringContaining('yard.git') });
    expect(answer.text).not.toContain(server.folder);
  });

  it('ends a git that takes too long, its helpers and its locks included', async () => {
    const repository = await start({ timeoutMs: 500 });
    await holdPushes(repository);
    // Past the server, whose limit holds for a clone as well.
    const clone = await cloneWithCommit(server, { from: repository });

    await expect(git(clone, 'push', server.urlOf('yard'), 'main')).rejects.toThrow('504');

    expect(await runningGit(server)).toEqual([]);
    await rm(join(repository, 'hooks'), { recursive: true });
    await git(clone, 'push', '--quiet', 'origin', 'main');
  });

  it('makes requests wait while every slot is taken, and refuses those that find no place in line', async () => {
    const repository = await start({ maxConcurrent: 1 });
    const hook = await holdPushes(repository);
    const push = git(await cloneWithCommit(server), 'push', '--quiet', 'origin', 'main');
    await hook.reached();

    const reads = Array.from({ length: 257 }, () => ask(server.url, { path: REFS }));
    const first = await Promise.race(reads);
    await hook.release();
    const statuses = (await Promise.all(reads)).map((it) => it.status);

    expect(first).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    expect(statuses.filter((it) => it === 200)).toHaveLength(256);
    await push;
  });

  it('passes on what a declining hook says', async () => {
    const repository = await start();
    await mkdir(join(repository, 'hooks'));
    const script = '#!/bin/sh\necho not today >&2\nexit 1\n';
    await writeFile(join(repository, 'hooks', 'pre-receive'), script, { mode: 0o755 });
    const clone = await cloneWithCommit(server);

    await expect(git(clone, 'push', 'origin', 'main')).rejects.toThrow(/not today[\s\S]*pre-receive hook declined/);
  });
});
