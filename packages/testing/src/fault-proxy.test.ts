import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GitServer, startGitServer } from '@gityard/gitserver';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type FaultMode, slow } from './fault-modes.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { GitError, git } from './git.ts';
import { type TemporaryFolder, temporaryFolder } from './temporary.ts';
import { waitFor } from './wait-for.ts';

describe('fault-proxy', () => {
  let folder: TemporaryFolder;
  let server: GitServer;
  let proxy: FaultProxy;
  let clone: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
    server = await startGitServer({ root: join(folder.path, 'repositories') });
    proxy = await startFaultProxy({ target: server.url, retryAfterSeconds: 7 });
    await server.createRepository('yard');
    clone = join(folder.path, 'clone');
    await git(['clone', '--quiet', proxy.urlOf('yard'), 'clone'], { cwd: folder.path });
    await commit('first');
  });

  afterEach(async () => {
    await proxy.close();
    await server.close();
    await folder.remove();
  });

  async function commit(text: string): Promise<void> {
    await writeFile(join(clone, 'file'), text);
    await git(['add', '.'], { cwd: clone });
    await git(['commit', '--quiet', '-m', text], { cwd: clone });
  }

  async function push(...settings: string[]): Promise<{ code: number | null; stderr: string }> {
    const failed = (error: unknown) => {
      if (error instanceof GitError) return { code: error.code, stderr: error.stderr };
      throw error;
    };
    const args = [...settings.flatMap((it) => ['-c', it]), 'push', 'origin', 'main'];
    return git(args, { cwd: clone }).then(() => ({ code: 0, stderr: '' }), failed);
  }

  /** On the server itself, not through the proxy. */
  async function landed(): Promise<boolean> {
    const there = await git(['ls-remote', server.urlOf('yard'), 'main'], { cwd: clone });
    return there.startsWith((await git(['rev-parse', 'main'], { cwd: clone })).trim());
  }

  it('changes nothing while all is well', async () => {
    expect(await push()).toMatchObject({ code: 0 });
    expect(await landed()).toBe(true);
    expect(proxy.requests).toMatchObject({ push: 1, other: 0 });
  });

  // What Git's own client makes of each mode, when everything it asks meets it.
  const whole: [FaultMode, { code: number; landed: boolean; stderr: RegExp }][] = [
    ['401', { code: 128, landed: false, stderr: /could not read Username/ }],
    ['403', { code: 128, landed: false, stderr: /error: 403/ }],
    ['404', { code: 128, landed: false, stderr: /not found/ }],
    ['429', { code: 128, landed: false, stderr: /error: 429/ }],
    ['500', { code: 128, landed: false, stderr: /error: 500/ }],
    ['503', { code: 128, landed: false, stderr: /error: 503/ }],
    ['reset', { code: 128, landed: false, stderr: /Empty reply|reset|unable to access/ }],
    ['html', { code: 1, landed: false, stderr: /DAV|not valid|repository/ }],
    ['redirect', { code: 0, landed: true, stderr: /^/ }],
    [slow(300), { code: 0, landed: true, stderr: /^/ }],
  ];
  it.each(whole)('shows a push the mode %j', async (mode, expected) => {
    proxy.setMode(mode);

    const outcome = await push();

    expect(outcome).toMatchObject({ code: expected.code, stderr: expect.stringMatching(expected.stderr) });
    expect(await landed()).toBe(expected.landed);
  });

  const onPush: [FaultMode, { landed: boolean; stderr: RegExp }][] = [
    ['500', { landed: false, stderr: /HTTP 500/ }],
    ['reset', { landed: false, stderr: /Empty reply|curl 5\d/ }],
    ['lose-reply', { landed: true, stderr: /Empty reply|curl 52/ }],
    ['cut-reply', { landed: true, stderr: /curl 18/ }],
  ];
  it.each(onPush)('meets only the push itself with %j', async (mode, expected) => {
    proxy.addRule({ when: ({ kind }) => kind === 'push', mode });

    expect(await push()).toMatchObject({ code: 1, stderr: expect.stringMatching(expected.stderr) });
    expect(await landed()).toBe(expected.landed);
  });

  it('tells a client that is asked to wait for how long', async () => {
    proxy.setMode('429');

    const answer = await fetch(`${proxy.urlOf('yard')}/info/refs`);

    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7']);
  });

  it('hangs until it is healed', async () => {
    proxy.setMode('hang');
    const outcome = push();
    await waitFor(() => proxy.faults.hang > 0, { what: 'a request hangs' });

    proxy.heal();

    expect(await outcome).toMatchObject({ code: 128 });
    expect(await push()).toMatchObject({ code: 0 });
  });

  it('spoils every second push, and counts', async () => {
    const stop = proxy.everyNthPush(2, 'lose-reply');
    const codes: (number | null)[] = [];
    for (const text of ['a', 'b', 'c', 'd']) {
      await commit(text);
      codes.push((await push()).code);
    }
    stop();

    expect(codes).toEqual([0, 1, 0, 1]);
    expect(await landed()).toBe(true);
    expect(proxy).toMatchObject({ requests: { push: 4 }, faults: { 'lose-reply': 2 } });
  });

  it('shows how a client that sends again by itself is refused because of its own first push', async () => {
    const keeping = await startFaultProxy({ target: server.url, keepAlive: true });
    await git(['remote', 'set-url', 'origin', keeping.urlOf('yard')], { cwd: clone });
    keeping.addRule({ when: ({ kind }) => kind === 'push', mode: 'lose-reply', times: 1 });

    expect(await push()).toMatchObject({ code: 1, stderr: expect.stringContaining('[remote rejected] main -> main') });
    expect(await landed()).toBe(true);
    expect(keeping.requests.push).toBe(2);
    await keeping.close();
  });

  it('uses a rule up after its number of times', async () => {
    proxy.addRule({ when: () => true, mode: '503', times: 1 });

    expect(await push()).toMatchObject({ code: 128 });
    expect(await push()).toMatchObject({ code: 0 });
  });
});
