import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { GitRequestInfo } from './exchange.ts';
import {
  ask,
  cloneWithCommit,
  git,
  holdPushes,
  runningGit,
  type TestServer,
  testServer,
  until,
} from './git.fixture.ts';

const REFS = '/yard.git/info/refs?service=git-upload-pack';

describe('leaving', () => {
  let seen: GitRequestInfo[];
  let server: TestServer;
  let repository: string;

  beforeEach(async () => {
    seen = [];
    server = await testServer({ graceMs: 300, onRequest: (info) => seen.push(info) });
    repository = await server.createRepository('yard');
  });

  afterEach(() => server.dispose());

  /** Resolves once the beginning of it has left. */
  async function beginPush(declaredBytes: number) {
    const headers = { 'Content-Type': 'application/x-git-receive-pack-request', 'Content-Length': declaredBytes };
    const call = request(`${server.urlOf('yard')}/git-receive-pack`, { method: 'POST', headers, agent: false });
    call.on('error', () => undefined);
    await new Promise((resolve) => call.write('00', resolve));
    return call;
  }

  it('ends the git of a client that leaves in the middle of its push', async () => {
    const call = await beginPush(1_000_000);
    await until(async () => (await runningGit(server)).length > 0, 'git runs');

    call.destroy();

    await until(() => seen.length === 1, 'the request is over');
    expect(seen).toMatchObject([{ phase: 'rpc', status: 499, bytesIn: 2 }]);
    expect(await runningGit(server)).toEqual([]);
  });

  it('starts no git for a small push that never arrives', async () => {
    const call = await beginPush(1_000);

    call.destroy();

    await until(() => seen.length === 1, 'the request is over');
    expect(await runningGit(server)).toEqual([]);
  });

  it('finishes a push that is here in full although its client leaves', async () => {
    const hook = await holdPushes(repository);
    const clone = await cloneWithCommit(server);
    const commit = await git(clone, 'rev-parse', 'HEAD');
    const client = spawn('git', ['push', 'origin', 'main'], { cwd: clone, stdio: 'ignore', detached: true });
    await hook.reached();

    process.kill(-(client.pid ?? Number.NaN), 'SIGKILL');
    await once(client, 'exit');
    await hook.release();

    await until(() => seen.some((it) => it.phase === 'rpc' && it.service === 'git-receive-pack'), 'the push is over');
    expect(await git(repository, 'rev-parse', 'main')).toBe(commit);
  });

  it('lets a running push finish before it closes, and takes nothing new', async () => {
    await server.dispose();
    server = await testServer({ graceMs: 180_000 });
    repository = await server.createRepository('yard');
    const hook = await holdPushes(repository);
    const clone = await cloneWithCommit(server);
    const push = git(clone, 'push', '--quiet', 'origin', 'main');
    await hook.reached();

    const closed = server.close();
    await expect(ask(server.url, { path: REFS })).rejects.toThrow();
    await hook.release();

    await Promise.all([push, closed]);
    expect(await git(repository, 'rev-list', '--count', 'main')).toBe('1');
  });

  it('ends what is still running when the grace is over, and leaves no process and no lock', async () => {
    const hook = await holdPushes(repository);
    const clone = await cloneWithCommit(server);
    const push = git(clone, 'push', 'origin', 'main').then(
      () => 'landed',
      () => 'failed',
    );
    await hook.reached();

    await server.close();

    expect(await push).toBe('failed');
    expect(await runningGit(server)).toEqual([]);
    expect(existsSync(join(repository, 'refs/heads/main.lock'))).toBe(false);
  });

  it('does not wait for a client that only holds its connection', async () => {
    await beginPush(1_000);

    await server.close();
    await server.close();

    expect(await runningGit(server)).toEqual([]);
  });
});
