import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { bareRepository, pushByHand } from '../git.fixture.ts';
import { author, ids, linesOf, oneByOne, openLedger, REF } from '../ledger.fixture.ts';
import { systemPorts } from '../ports.ts';
import { openStore } from '../store.ts';
import { startHttpBackend } from '../transports/http-backend.fixture.ts';
import { openTransport } from '../transports/list.ts';
import { type LocalWorld, localWorld, once } from './local.fixture.ts';
import { openLocalObjects } from './local-objects.ts';

let world: LocalWorld;

beforeEach(async () => {
  world = await localWorld();
});
afterEach(() => world.remove());

describe('a copy', () => {
  it('is a repository that Git’s own programs find in order, with each ref at its head', async () => {
    await once(world, ({ ledger }) => oneByOne(ids(5), (id) => ledger.perform({ id })));

    expect(await world.fsck()).toBe('');
    expect(await world.git('rev-parse', REF)).toBe(world.remote.refs.get(REF));
    expect(await world.git('log', '-1', '--format=%s')).toBe('add 4');
    expect(await world.git('show', `${REF}:ledger/lines.txt`)).toBe(ids(5).join('\n'));
  });

  it('grows by what is committed here and by what others commit', async () => {
    const theirs = openLedger(world.remote.transport());
    await once(world, async ({ ledger }) => {
      await ledger.perform({ id: 'a' });
      // From here on the copy is ours, and another program does without.
      await world.settled();
      await world.live().ledger.refresh();
      await theirs.perform({ id: 'b' });
      await ledger.refresh();
    });

    expect(await world.git('show', `${REF}:ledger/lines.txt`)).toBe('a\nb');
    expect(await world.fsck()).toBe('');
  });

  it('bears the name of its remote, and no two remotes share one', async () => {
    const { folder } = world;
    const remotes = ['https://git.example.com/acme/yard.git', 'https://git.example.com/other/yard.git', '/'];
    for (const remote of remotes) await once(world, ({ ledger }) => ledger.refresh(), { folder, remote });

    const names = (await readdir(folder)).filter((it) => it.endsWith('.git'));
    expect(names).toHaveLength(3);
    expect(names.filter((it) => /^yard-[0-9a-f]{12}\.git$/.test(it))).toHaveLength(3);
  });

  it('stays small and in order through 2,000 commits', async () => {
    await once(world, async ({ ledger }) => {
      for (let round = 0; round < 2_000; round += 1) await ledger.perform({ id: `${round % 50}-${round}`.slice(0, 6) });
    });

    const files = await filesIn(await world.copy());
    expect(files.length).toBeLessThanOrEqual(60);
    expect(files.reduce((sum, it) => sum + it.bytes, 0)).toBeLessThan(5_000_000);
    expect(await world.fsck()).toBe('');
  });

  it('keeps refs that nobody asked for since the start when it is packed anew', async () => {
    const other = 'refs/heads/other';
    await once(world, ({ ledger }) => ledger.refresh());
    world.remote.refs.set(other, world.remote.refs.get(REF) ?? '');
    const local = openLocalObjects({ folder: world.folder, remote: 'memory', betweenWritesMs: 0 });
    const options = { ref: other, transport: world.remote.transport(), local };
    const second = openStore<never, never>({
      ...options,
      compose: () => ({ edits: [], message: '', author, answers: [] }),
    });
    await second.refresh();
    await local.close();
    const before = await world.git('rev-parse', other);

    await once(world, ({ ledger }) => oneByOne(ids(60), (id) => written(ledger.perform({ id }))));

    expect(await world.git('rev-parse', other)).toBe(before);
    expect(await world.fsck()).toBe('');
  });

  it('takes in what people do to it with Git’s own programs', async () => {
    await once(world, ({ ledger }) => oneByOne(ids(10), (id) => written(ledger.perform({ id }))));
    await world.git('hash-object', '-w', await world.pins());
    await world.git('config', 'gc.auto', '0');
    await world.git('gc', '--quiet');

    const life = await once(world, ({ ledger }) => oneByOne(ids(40, 'b'), (id) => written(ledger.perform({ id }))));

    expect(life.told).toEqual([]);
    expect(await world.fsck()).toBe('');
    expect(await world.git('rev-parse', REF)).toBe(world.remote.refs.get(REF));
  });
});

describe('a start', () => {
  it('asks once and gets no object when nothing moved', async () => {
    await once(world, ({ ledger }) => ledger.perform({ id: 'a' }));
    const transport = world.remote.transport();
    const fetched: unknown[] = [];
    const { fetchRef } = transport;
    transport.fetchRef = async (request) => {
      const answer = await fetchRef.call(transport, request);
      fetched.push(...answer.objects);
      return answer;
    };
    const { ledger } = world.live({ transport });

    const snapshot = await ledger.refresh();

    expect(linesOf(snapshot)).toEqual(['a']);
    expect(ledger.counters).toMatchObject({ requests: 1 });
    expect(fetched).toEqual([]);
  });

  it('of a yard with 1,000 jobs moves less than 5 KB, and as little more as was committed meanwhile', async () => {
    const repository = await bareRepository(world.path);
    const backend = await startHttpBackend(world.path);
    const live = () => {
      const local = openLocalObjects({ folder: world.folder, remote: 'yard' });
      const transport = openTransport(backend.url);
      const store = openStore<string, string>({ transport, ref: REF, compose: addJobs, groupLimit: 1_000, local });
      return { store, close: () => store.close().then(() => local.close()) };
    };
    const first = live();
    await first.store.create({ edits: [], message: 'begin', author });
    await Promise.all(ids(1_000).map((id) => first.store.perform(id.padStart(4, '0'))));
    await first.close();
    backend.requests.length = 0;

    const second = live();
    const jobs = [...(await second.store.refresh()).list('jobs/')].length;
    await second.close();
    const atRest = moved(backend.requests);
    const head = await pushByHand(repository, REF, { 'by-hand.json': '{}' });
    backend.requests.length = 0;
    const third = live();
    const snapshot = await third.store.refresh();
    await third.close();
    await backend.close();

    expect(jobs).toBe(1_000);
    expect(atRest).toBeLessThan(5_000);
    expect(snapshot.commit).toBe(head);
    expect([...snapshot.list('jobs/')]).toHaveLength(1_000);
    expect(moved(backend.requests)).toBeLessThan(5_000);
  });

  it('reads files that are there and knows of those that were too large', async () => {
    const repository = await bareRepository(world.path, { filter: true });
    const options = () => ({ transport: openTransport(repository), remote: 'large' });
    const first = world.live(options());
    const { ledger } = first;
    await ledger.create({ edits: [{ path: 'a.json', content: Buffer.from('{}') }], message: 'begin', author });
    await pushByHand(repository, REF, { 'huge.bin': `${Math.random()}`.repeat(100_000) });
    await ledger.perform({ id: 'a' });
    await first.close();

    const again = world.live(options());
    const snapshot = await again.ledger.refresh();

    expect(snapshot.read(snapshot.entry('huge.bin')?.oid ?? '')).toBeUndefined();
    expect(linesOf(snapshot)).toEqual(['a']);
    expect(again.ledger.counters.requests).toBe(1);
    expect(again.told).toEqual([]);
    expect(await world.fsck()).toBe('');
  });
});

describe('the pinned head', () => {
  it('tells a rewritten history across restarts, and the hint says what a person can do', async () => {
    await once(world, ({ ledger }) => ledger.perform({ id: 'a' }));
    await rewrite();

    await once(world, ({ ledger }) =>
      expect(ledger.refresh()).rejects.toMatchObject({
        code: 'HISTORY_REWRITTEN',
        hint: expect.stringContaining('--accept-rewrite'),
      }),
    );
    const life = await once(world, ({ ledger }) => ledger.perform({ id: 'z' }), { acceptsRewrite: true });
    await once(world, ({ ledger }) => ledger.perform({ id: 'y' }));

    expect(life.told).toMatchObject([{ kind: 'accepted', text: expect.stringContaining(REF) }]);
    expect(await world.git('show', `${REF}:ledger/lines.txt`)).toBe('x\nz\ny');
    expect(await world.fsck()).toBe('');
  });

  it('stands although the copy is lost', async () => {
    await once(world, ({ ledger }) => ledger.perform({ id: 'a' }));
    const path = await world.copy();
    await rewrite();
    await writeFile(join(path, 'HEAD'), '');

    const life = await once(world, ({ ledger }) =>
      expect(ledger.refresh()).rejects.toMatchObject({ code: 'HISTORY_REWRITTEN' }),
    );

    expect(life.told).toMatchObject([{ kind: 'failed' }]);
  });

  it('is found in the past when the copy is lost and others committed since', async () => {
    await once(world, ({ ledger }) => ledger.perform({ id: 'a' }));
    const path = await world.copy();
    const theirs = openLedger(world.remote.transport());
    await oneByOne(ids(120), (id) => theirs.perform({ id }));
    await writeFile(join(path, 'HEAD'), '');

    const { ledger } = await once(world, (life) => life.ledger.refresh());

    expect(linesOf(ledger.snapshot)).toEqual(['a', ...ids(120)]);
    expect(ledger.counters.fetches).toBe(2);
    expect(await world.fsck()).toBe('');
  });

  it('takes an older head for a late answer, a few times, and then for a rewritten history', async () => {
    const old = world.remote.refs.get(REF) ?? '';
    await once(world, ({ ledger }) => oneByOne(ids(3), (id) => ledger.perform({ id })));
    const pauses: number[] = [];
    const ports = { ...systemPorts, sleep: async (ms: number) => void pauses.push(ms) };
    world.remote.refs.set(REF, old);

    await once(world, ({ ledger }) => expect(ledger.refresh()).rejects.toMatchObject({ code: 'HISTORY_REWRITTEN' }), {
      ports,
    });

    expect(pauses).toHaveLength(4);
  });

  it('is a file of its own, and a broken one is moved away', async () => {
    await once(world, ({ ledger }) => ledger.perform({ id: 'a' }));
    const pins = await world.pins();
    expect(JSON.parse(await readFile(pins, 'utf8'))).toMatchObject({ [REF]: { head: world.remote.refs.get(REF) } });
    await writeFile(pins, '{"refs/heads/yard": {"head": "no');

    const life = await once(world, ({ ledger }) => ledger.perform({ id: 'b' }));

    expect(life.told.map((it) => it.kind)).toEqual(['failed', 'works']);
    expect(await world.setAside()).toMatchObject([expect.stringContaining('pins.json.bad-')]);
    expect(JSON.parse(await readFile(pins, 'utf8'))).toMatchObject({ [REF]: { head: world.remote.refs.get(REF) } });
  });
});

/** Somebody replaces the branch by a history of their own. */
async function rewrite(): Promise<void> {
  world.remote.refs.delete(REF);
  const other = openLedger(world.remote.transport());
  await other.create({ edits: [{ path: 'ledger/lines.txt', content: Buffer.from('x') }], message: 'other', author });
}

/** Lets what was just committed reach the disk by itself. */
async function written<T>(commit: Promise<T>): Promise<void> {
  await commit;
  await world.settled();
}

function moved(requests: readonly { bytes: number; answeredBytes: number }[]): number {
  return requests.reduce((sum, it) => sum + it.bytes + it.answeredBytes, 0);
}

function addJobs(_: unknown, jobs: readonly string[]) {
  const edits = jobs.map((id) => ({
    path: `jobs/${id.slice(0, 2)}/${id}.json`,
    content: Buffer.from(`{"id": "${id}"}`),
  }));
  return { edits, message: `add ${jobs.length} jobs`, author, answers: jobs };
}

async function filesIn(folder: string): Promise<{ path: string; bytes: number }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((it) => it.isFile()).map((it) => join(it.parentPath, it.name));
  return Promise.all(paths.map(async (path) => ({ path, bytes: (await stat(path)).size })));
}
