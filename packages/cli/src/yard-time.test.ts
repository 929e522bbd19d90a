/** A server whose clock is nine minutes ahead of ours is, to us, a machine that is nine minutes behind. */
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type GitServer, startGitServer } from '@gityard/gitserver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from './program.fixture.ts';

const AHEAD_MS = 9 * 60_000;
const HOUR_MS = 3_600_000;

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
/** Far less than the clocks differ, and more than the seconds of an HTTP date. */
const NEAR_MS = 60_000;

describe('the time of a yard', () => {
  it('is that of its server, whatever is done to it', async () => {
    const json = <T>(...words: string[]) => world.json<T>(words, { env: env() });
    const begunMs = Date.now();
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

    const endedMs = Date.now();
    const stamps = [queued.submittedAt, endedAt, lock.acquiredAt, message.sentAt].map((it) => Date.parse(it));
    for (const stampMs of [...stamps, Date.parse(queued.notBefore) - HOUR_MS]) {
      expect(stampMs - AHEAD_MS).toBeGreaterThan(begunMs - NEAR_MS);
      expect(stampMs - AHEAD_MS).toBeLessThan(endedMs + NEAR_MS);
    }
  });
});
