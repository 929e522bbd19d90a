/** A server whose clock is nine minutes ahead of ours is, to us, a machine that is nine minutes behind. */
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type GitServer, startGitServer } from '@gityard/gitserver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from './program.fixture.ts';

const AHEAD_MS = 9 * 60_000;

let world: World;
let git: GitServer;
let skewed: Server;
beforeAll(async () => {
  world = await makeWorld();
  git = await startGitServer({ root: join(world.folder, 'served') });
  await git.createRepository('yard');
  skewed = createServer((asked, answered) => {
    const { method, headers } = asked;
    const passed = request(new URL(asked.url ?? '/', git.url), { method, headers }, (response) => {
      const date = new Date(Date.now() + AHEAD_MS).toUTCString();
      answered.writeHead(response.statusCode ?? 502, { ...response.headers, date });
      response.pipe(answered);
    });
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => skewed.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  skewed.close();
  skewed.closeAllConnections();
  await git.close();
  await world.remove();
});

const env = () => ({ GITYARD_YARD: `http://127.0.0.1:${(skewed.address() as AddressInfo).port}/yard.git` });
const aheadMs = (stamp: string | undefined) => Date.parse(stamp ?? '') - Date.now();
const isTheirs = (stamp: string | undefined) => Math.abs(aheadMs(stamp) - AHEAD_MS) < 60_000;

describe('the time of a yard', () => {
  it('is that of its server, whatever is done to it', async () => {
    const json = <T>(...words: string[]) => world.json<T>(words, { env: env() });
    await json('init', env().GITYARD_YARD);

    const { id } = await json<{ id: string }>('job', 'add', '--delay', '1h', '--', 'make');
    const queued = await json<{ submittedAt: string; notBefore: string }>('job', 'show', id);
    await json('job', 'cancel', id);
    const { endedAt } = await json<{ endedAt: string }>('job', 'show', id);
    const lock = await json<{ acquiredAt: string }>('lock', 'acquire', 'deploy', '--ttl', '5m');
    const message = await json<{ sentAt: string }>(
      'message',
      'send',
      '--to',
      'tester',
      '--from',
      'a',
      '--subject',
      'x',
    );

    expect([queued.submittedAt, endedAt, lock.acquiredAt, message.sentAt].map(isTheirs)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(Math.abs(aheadMs(queued.notBefore) - AHEAD_MS - 3_600_000)).toBeLessThan(60_000);
  });
});
