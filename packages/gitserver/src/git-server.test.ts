import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { GitRequestInfo } from './exchange.ts';
import { ask, cloneWithCommit, git, type TestServer, testServer } from './git.fixture.ts';
import { startGitServer } from './git-server.ts';

describe('git-server', () => {
  const seen: GitRequestInfo[] = [];
  let server: TestServer;

  beforeEach(async () => {
    seen.length = 0;
    server = await testServer({ onRequest: (info) => seen.push(info) });
    await server.createRepository('yard', { description: 'the first' });
  });

  afterEach(() => server.dispose());

  it('gives back with a clone what was pushed', async () => {
    const clone = await cloneWithCommit(server);

    await git(clone, 'push', '--quiet', 'origin', 'main');

    await git(server.folder, 'clone', '--quiet', server.urlOf('yard'), 'second');
    expect(await git(join(server.folder, 'second'), 'rev-parse', 'HEAD')).toBe(await git(clone, 'rev-parse', 'HEAD'));
    expect(await git(join(server.root, 'yard.git'), 'fsck', '--strict')).toBe('');
  });

  it('tells about each request once, with its bytes', async () => {
    const clone = await cloneWithCommit(server);
    seen.length = 0;

    await git(clone, 'push', '--quiet', 'origin', 'main');

    const push = { repository: 'yard', service: 'git-receive-pack', status: 200 };
    expect(seen).toMatchObject([
      { ...push, phase: 'advertise', bytesIn: 0 },
      { ...push, phase: 'rpc' },
    ]);
    expect(seen.every((it) => it.bytesOut > 40 && it.durationMs > 0)).toBe(true);
    expect(seen[1]?.bytesIn).toBeGreaterThan(200);
  });

  it('lets exactly one of two pushers win from the same base', async () => {
    const base = await cloneWithCommit(server);
    await git(base, 'push', '--quiet', 'origin', 'main');
    const rivals = await Promise.all(['one', 'two'].map((as) => cloneWithCommit(server, { as })));

    const outcomes = await Promise.allSettled(rivals.map((rival) => git(rival, 'push', 'origin', 'main')));

    expect(outcomes.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await git(join(server.root, 'yard.git'), 'rev-list', '--count', 'main')).toBe('2');
  });

  it('takes 16 pushes to 16 branches at once', async () => {
    const clone = await cloneWithCommit(server);
    const branches = Array.from({ length: 16 }, (_, index) => `branch-${index}`);

    await Promise.all(branches.map((branch) => git(clone, 'push', '--quiet', 'origin', `main:${branch}`)));

    const refs = await git(join(server.root, 'yard.git'), 'for-each-ref', '--format=%(refname:short)');
    expect(refs.split('\n').sort()).toEqual([...branches].sort());
  });

  it('takes a push that is larger than what it keeps in memory, sent in pieces', async () => {
    const clone = await cloneWithCommit(server, { sizeBytes: 3_000_000 });

    await git(clone, '-c', 'http.postBuffer=65536', 'push', '--quiet', 'origin', 'main');

    expect(await git(join(server.root, 'yard.git'), 'cat-file', '-s', 'main:clone.bin')).toBe('3000000');
  });

  it('keeps repositories apart', async () => {
    await server.createRepository('other');
    const clone = await cloneWithCommit(server);

    await git(clone, 'push', '--quiet', 'origin', 'main');

    expect(await git(server.folder, 'ls-remote', server.urlOf('yard'))).toContain('refs/heads/main');
    expect(await git(server.folder, 'ls-remote', server.urlOf('other'))).toBe('');
  });

  it.each(['0', '1', '2'])('speaks protocol %s', async (version) => {
    const clone = await cloneWithCommit(server);
    const config = ['-c', `protocol.version=${version}`];

    await git(clone, ...config, 'push', '--quiet', 'origin', 'main');

    expect(await git(clone, ...config, 'ls-remote', 'origin')).toContain('refs/heads/main');
  });

  it.each(['--depth=1', '--filter=blob:none'])('lets Git clone with %s', async (partial) => {
    await cloneWithCommit(server).then((clone) => git(clone, 'push', '--quiet', 'origin', 'main'));

    await git(server.folder, 'clone', '--quiet', partial, '--branch', 'main', server.urlOf('yard'), 'partial');

    expect(await git(join(server.folder, 'partial'), 'log', '--format=%s')).toBe('work of clone');
  });

  it('offers filters over protocol 2, and to our own store a ref together with its objects', async () => {
    const path = '/yard.git/info/refs?service=git-upload-pack';
    const headers = { 'Git-Protocol': 'version=2' };
    const answer = await ask(server.url, { path, headers });
    const ours = await ask(server.url, { path, headers: { ...headers, 'User-Agent': 'git/gityard' } });

    expect(answer.text).toMatch(/^000eversion 2\n/);
    expect(answer.text).toMatch(/fetch=.*filter/);
    expect(answer.text).not.toContain('ref-in-want');
    expect(ours.text).toMatch(/fetch=.*ref-in-want/);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/x-git-upload-pack-advertisement',
      'cache-control': 'no-cache, max-age=0, must-revalidate',
    });
  });

  it('unpacks a body that is packed with gzip', async () => {
    const headers = {
      'Git-Protocol': 'version=2',
      'Content-Type': 'application/x-git-upload-pack-request',
      'Content-Encoding': 'gzip',
    };
    const clone = await cloneWithCommit(server);
    await git(clone, 'push', '--quiet', 'origin', 'main');

    const body = gzipSync('0014command=ls-refs\n00010000');
    const answer = await ask(server.url, { path: '/yard.git/git-upload-pack', method: 'POST', headers, body });

    expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('refs/heads/main') });
  });

  it('serves under the port of another server that mounts it', async () => {
    const outer = createServer((request, response) => {
      if (!server.handle(request, response)) response.end('not for git');
    });
    await new Promise<void>((resolve) => outer.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(outer.address() as AddressInfo).port}`;

    expect(await git(server.folder, 'ls-remote', `${url}/yard.git`)).toBe('');
    expect(await ask(url, { path: '/api' })).toMatchObject({ status: 200, text: 'not for git' });
    await new Promise((resolve) => outer.close(resolve));
  });

  it('leaves a repository that exists as it is', async () => {
    const clone = await cloneWithCommit(server);
    await git(clone, 'push', '--quiet', 'origin', 'main');

    const paths = await Promise.all(['yard', 'new', 'new', 'new'].map((name) => server.createRepository(name)));

    expect(new Set(paths).size).toBe(2);
    expect(await git(join(server.root, 'yard.git'), 'rev-list', '--count', 'main')).toBe('1');
  });

  it('refuses to make a repository outside its folder', async () => {
    await expect(server.createRepository('../yard')).rejects.toMatchObject({ code: 'BAD_REPOSITORY_NAME' });
  });

  it('refuses to listen to the world without being told so', async () => {
    await expect(startGitServer({ root: server.root, host: '0.0.0.0' })).rejects.toMatchObject({
      code: 'HOST_NOT_LOOPBACK',
    });
  });

  it('says which port is taken', async () => {
    const port = Number(new URL(server.url).port);

    const second = startGitServer({ root: server.root, port });

    await expect(second).rejects.toMatchObject({
      code: 'PORT_UNAVAILABLE',
      message: expect.stringContaining(`${port}`),
    });
  });
});
