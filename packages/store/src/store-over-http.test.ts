import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { bareRepository, declinePushes, git, pushByHand, temporaryFolder } from './git.fixture.ts';
import { readHistory } from './history.ts';
import { author, linesOf, openLedger, REF, textAt } from './ledger.fixture.ts';
import { openStore } from './store.ts';
import { type HttpBackend, startHttpBackend } from './transports/http-backend.fixture.ts';
import { openTransport } from './transports/list.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let repository: string;
let backend: HttpBackend;

beforeEach(async () => {
  folder = await temporaryFolder();
  repository = await bareRepository(folder.path);
  backend = await startHttpBackend(folder.path);
});
afterEach(async () => {
  await backend.close();
  await folder.remove();
});

const begin = { edits: [{ path: 'ledger/lines.txt', content: Buffer.from('') }], message: 'begin', author };

it('commits into 256 shards with one request of at most 1.1 KB', async () => {
  const shards = Array.from({ length: 256 }, (_, index) => index.toString(16).padStart(2, '0'));
  const store = openStore<string, string>({ transport: openTransport(backend.url), ref: REF, compose: addJob });
  const edits = shards.map((shard) => ({ path: `shared/jobs/${shard}/first.json`, content: job(shard) }));
  await store.create({ edits, message: 'begin', author });
  backend.requests.length = 0;

  for (const shard of shards.slice(0, 10)) await store.perform(shard);

  expect(backend.requests).toHaveLength(10);
  expect(Math.max(...backend.requests.map((it) => it.bytes))).toBeLessThanOrEqual(1_100);
  await git(['fsck', '--strict'], { cwd: repository });
});

it('has each operation once when Git’s own client writes in between and answers are lost', async () => {
  const ledger = openLedger(openTransport(backend.url));
  await ledger.create(begin);
  await pushByHand(repository, REF, { 'by-hand.json': '{}' });
  backend.onPush = async (response, forward) => {
    await forward();
    response.destroy();
  };
  await ledger.perform({ id: 'a' });
  backend.onPush = (response) => void response.destroy();
  await ledger.perform({ id: 'b' });

  expect(linesOf(ledger.snapshot)).toEqual(['a', 'b']);
  expect(textAt(ledger.snapshot, 'by-hand.json')).toBe('{}');
  const { commits } = await readHistory(openTransport(backend.url), REF);
  expect(commits.map((it) => it.message)).toEqual(['begin\n', 'by hand\n', 'add a\n', 'add b\n']);
  await git(['fsck', '--strict'], { cwd: repository });
});

it('gets over a merge of an old branch, which brings commits from before', async () => {
  const ledger = openLedger(openTransport(backend.url));
  const { commit: root } = await ledger.create(begin);
  await ledger.perform({ id: 'a' });
  const work = join(folder.path, 'work');
  await git(['clone', '--quiet', '--branch', 'yard', repository, work], { cwd: folder.path });
  await git(['checkout', '--quiet', '-b', 'side', root], { cwd: work });
  await git(['commit', '--quiet', '--allow-empty', '--message', 'aside'], { cwd: work });
  await git(['checkout', '--quiet', 'yard'], { cwd: work });
  await git(['merge', '--quiet', '--no-ff', '--message', 'merge', 'side'], { cwd: work });
  await git(['push', '--quiet', 'origin', 'yard'], { cwd: work });

  await ledger.perform({ id: 'b' });

  expect(linesOf(ledger.snapshot)).toEqual(['a', 'b']);
});

it('shares a ref among writers of several processes’ worth of connections', async () => {
  const first = openLedger(openTransport(backend.url));
  await first.create(begin);
  const ledgers = [first, openLedger(openTransport(repository)), openLedger(openTransport(backend.url))];

  await Promise.all(
    ledgers.flatMap((ledger, writer) => [0, 1, 2, 3].map((it) => ledger.perform({ id: `${writer}-${it}` }))),
  );

  const expected = ledgers.flatMap((_, writer) => [0, 1, 2, 3].map((it) => `${writer}-${it}`));
  expect(linesOf(await first.refresh()).sort()).toEqual(expected);
});

it('stops at a hook that declines, with what it said', async () => {
  const ledger = openLedger(openTransport(repository));
  await ledger.create(begin);
  await declinePushes(repository, 'the yard is closed');

  await expect(ledger.perform({ id: 'a' })).rejects.toMatchObject({
    code: 'DENIED',
    message: expect.stringContaining('the yard is closed'),
  });
  expect((await readdir(join(repository, 'refs', 'heads'))).filter((it) => it.endsWith('.lock'))).toEqual([]);
});

it('lists a file that is too large without its bytes', async () => {
  await git(['config', 'uploadpack.allowFilter', 'true'], { cwd: repository });
  const ledger = openLedger(openTransport(backend.url));
  await ledger.create(begin);
  await pushByHand(repository, REF, { 'huge.bin': `${Math.random()}`.repeat(100_000), 'small.txt': 'small' });

  const snapshot = await ledger.refresh();
  const huge = snapshot.entry('huge.bin');

  expect(snapshot.read(huge?.oid ?? '')).toBeUndefined();
  expect(textAt(snapshot, 'small.txt')).toBe('small');
  expect(await ledger.perform({ id: 'a' })).toMatchObject({ answer: 'added' });
});

function addJob(_: unknown, shards: readonly string[]) {
  const edits = shards.map((shard) => ({ path: `shared/jobs/${shard}/second.json`, content: job(shard) }));
  return {
    edits,
    message: `add job ${shards.join()}\n\nOperation: job.add\nAgent: build1\nTransaction: build1:${shards[0]}`,
    author,
    answers: shards,
  };
}

/** About what a job is: 600 bytes of readable JSON. */
function job(id: string): Uint8Array {
  const value = {
    id: `01j${id}`,
    status: 'queued',
    repository: 'https://git.example.com/acme/app.git',
    branch: 'main',
    commit: id.repeat(20),
    priority: 5,
    requires: ['dotnet>=8', 'linux'],
    needs: [],
    createdAt: '2026-11-21T03:14:39Z',
    createdBy: 'ada',
    timeoutSeconds: 3600,
    attempts: [],
    params: { configuration: 'Release', runtime: 'linux-x64' },
    schemaVersion: 1,
  };
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}
