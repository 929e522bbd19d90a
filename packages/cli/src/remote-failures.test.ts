import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startGitServer } from '@gityard/gitserver';
import { git } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from './program.fixture.ts';

let world: World;
let portal: Server;
let portalUrl: string;
beforeAll(async () => {
  world = await makeWorld();
  portal = createServer((request, response) => {
    const status = Number(/^\/(\d{3})/.exec(request.url ?? '')?.[1] ?? 200);
    response.writeHead(status, { 'content-type': 'text/html', ...(status === 429 && { 'retry-after': '7' }) });
    response.end('<html>Please log in</html>');
  });
  await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve));
  portalUrl = `http://127.0.0.1:${(portal.address() as AddressInfo).port}`;
});
afterAll(async () => {
  portal.close();
  await world.remove();
});

async function failing(...words: string[]) {
  const { code, stdout, stderr } = await world.run(['--json', ...words]);
  const { error } = JSON.parse(stdout) as { error: { code: string; message: string; hint: string } };
  return { exit: code, code: error.code, line: stderr, hint: error.hint };
}

describe('when the remote fails', () => {
  it.each([
    ['nobody listens', () => 'http://127.0.0.1:9/x.git', 5, 'REMOTE_UNREACHABLE'],
    ['a portal answers with a page', () => `${portalUrl}/x.git`, 5, 'REMOTE_INVALID'],
    ['there is nothing', () => `${portalUrl}/404/x.git`, 5, 'REMOTE_INVALID'],
    ['access is denied', () => `${portalUrl}/403/x.git`, 6, 'DENIED'],
    ['a token is wanted', () => `${portalUrl}/401/x.git`, 6, 'DENIED'],
    ['there were too many requests', () => `${portalUrl}/429/x.git`, 5, 'RATE_LIMITED'],
    ['the path is no repository', () => world.folder, 5, 'REMOTE_INVALID'],
    ['the scheme is not known', () => 'svn://host/x', 5, 'REMOTE_INVALID'],
  ])('says so where %s', async (_, address, exit, code) => {
    const failure = await failing('lock', 'acquire', 'deploy', '--yard', address());

    expect(failure).toMatchObject({ exit, code });
    expect(failure.hint).not.toBe('');
    expect(failure.line.trimEnd().split('\n')).toHaveLength(1);
  });

  it('says how to make a yard of a repository that is none', async () => {
    const bare = join(world.folder, 'plain.git');
    await git(['init', '--quiet', '--bare', bare], { cwd: world.folder });

    expect(await failing('status', '--yard', bare)).toMatchObject({
      exit: 5,
      code: 'BRANCH_MISSING',
      hint: expect.stringContaining('init'),
    });
  });

  it('says what the server says when a hook declines, and that pushing is refused', async () => {
    const guarded = await makeWorld();
    try {
      await writeFile(join(guarded.yard, 'hooks/pre-receive'), '#!/bin/sh\necho "closed today" >&2\nexit 1\n', {
        mode: 0o755,
      });

      const { code, stdout } = await guarded.run(['job', 'add', '--json', '--', 'make']);
      const doctor = await guarded.json<{ checks: { name: string; ok: boolean }[] }>(['doctor']);

      expect(code).toBe(6);
      expect(JSON.parse(stdout).error.code).toBe('DENIED');
      expect(doctor.checks.find((it) => it.name === 'push')).toMatchObject({ ok: false });
    } finally {
      await guarded.remove();
    }
  });

  it('never prints the password of an address', async () => {
    const { stdout, stderr } = await world.run([
      'status',
      '--yard',
      `${portalUrl.replace('//', '//user:hush@')}/403/x.git`,
      '--json',
    ]);

    expect(stdout + stderr).not.toContain('hush');
  });

  it('does over HTTP what it does over a path', async () => {
    const server = await startGitServer({ root: join(world.folder, 'served') });
    try {
      await server.createRepository('far');
      const there = ['--yard', server.urlOf('far')];
      await world.ok('init', '--remote', server.urlOf('far'));
      const { id } = await world.json<{ id: string }>(['job', 'add', ...there, '--', 'make']);
      await world.ok('job', 'next', '--agent', 'b1', ...there);
      await world.ok('job', 'complete', id, 'failed', '--agent', 'b1', ...there);

      expect((await world.run(['job', 'wait', id, ...there])).code).toBe(1);
      expect(await world.json(['audit', ...there])).toMatchObject({ ok: true });
      expect(await world.json(['doctor', ...there])).toMatchObject({ ok: true });
    } finally {
      await server.close();
    }
  });
});
