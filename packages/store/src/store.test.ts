import { describe, expect, it } from 'vitest';
import { readHistory } from './history.ts';
import { author, ids, linesOf, newLedger, oneByOne, openLedger, REF, textAt } from './ledger.fixture.ts';
import { MemoryRemote } from './transports/memory.ts';

describe('performing', () => {
  it('answers with the commit that holds the operation, in one push and without looking first', async () => {
    const remote = new MemoryRemote();
    const ledger = await newLedger(remote);
    const before = { ...ledger.counters };

    const { answer, commit } = await ledger.perform({ id: 'a' });

    expect(answer).toBe('added');
    expect(commit).toBe(remote.refs.get(REF));
    expect(linesOf(ledger.snapshot)).toEqual(['a']);
    expect(ledger.counters).toMatchObject({ pushes: before.pushes + 1, fetches: before.fetches, commits: 1 });
  });

  it('needs no refresh first', async () => {
    const remote = new MemoryRemote();
    await newLedger(remote);

    expect(await openLedger(remote.transport()).perform({ id: 'a' })).toMatchObject({ answer: 'added' });
  });

  it('lands the operations of many writers once each, in one line of commits', async () => {
    const remote = new MemoryRemote({ latencyMs: 1 });
    await newLedger(remote);
    const writers = ids(8, 'writer').map((name) => ({ name, ledger: openLedger(remote.transport()) }));

    await Promise.all(writers.map(({ name, ledger }) => oneByOne(ids(10, `${name}-`), (id) => ledger.perform({ id }))));

    const history = await readHistory(remote.transport(), REF);
    const lines = linesOf(history.snapshotOf(history.commits.at(-1)?.oid ?? ''));
    expect([...lines].sort()).toEqual(writers.flatMap(({ name }) => ids(10, `${name}-`)).sort());
    expect(history.commits.every((it) => it.parents.length <= 1)).toBe(true);
    expect(writers.reduce((sum, { ledger }) => sum + ledger.counters.commits, 0)).toBe(history.commits.length - 1);
  });

  it('lets all that wait while a push is under way share the next commit', async () => {
    const remote = new MemoryRemote({ latencyMs: 5 });
    const ledger = await newLedger(remote);
    const first = ledger.perform({ id: 'first' });
    await pushed(remote, remote.counters.pushes + 1);

    const others = ids(100).map((id) => ledger.perform({ id }));
    const before = remote.counters.pushes;
    const commits = new Set((await Promise.all(others)).map((it) => it.commit));
    await first;

    expect(remote.counters.pushes - before).toBeLessThanOrEqual(2);
    expect(commits.size).toBeLessThanOrEqual(2);
    expect(linesOf(ledger.snapshot)).toEqual(['first', ...ids(100)]);
  });

  it('shares a commit among no more than the limit, the most urgent first', async () => {
    const ledger = await newLedger(new MemoryRemote(), { groupLimit: 2 });

    await Promise.all([
      ledger.perform({ id: 'later' }),
      ledger.perform({ id: 'last' }, { priority: 9 }),
      ledger.perform({ id: 'later still' }),
      ledger.perform({ id: 'urgent' }, { priority: 1 }),
    ]);

    expect(linesOf(ledger.snapshot)).toEqual(['urgent', 'later', 'later still', 'last']);
    expect(ledger.counters.commits).toBe(2);
  });

  it('commits nothing when there is nothing to commit', async () => {
    const ledger = await newLedger(new MemoryRemote());

    expect(await ledger.perform({ id: 'a', only: 'absent' })).toEqual({ answer: 'refused', commit: null });
    expect(ledger.counters.commits).toBe(0);
  });

  it('refuses only what the newest head refuses', async () => {
    const remote = new MemoryRemote();
    const [mine, theirs] = [await newLedger(remote), openLedger(remote.transport())];
    await theirs.perform({ id: 'key' });

    // Our head is older than that. A "no" from it would be wrong, though nothing is to be committed.
    expect(await mine.perform({ id: 'a', only: 'key' })).toMatchObject({ answer: 'added' });
  });

  it('rejects the one operation that cannot be composed, and performs the others', async () => {
    const ledger = await newLedger(new MemoryRemote());

    const results = await Promise.allSettled(['a', 'bad', 'b', 'c'].map((id) => ledger.perform({ id })));

    expect(results.map((it) => it.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { message: 'a bug in this operation' } });
    expect(linesOf(ledger.snapshot)).toEqual(['a', 'b', 'c']);
  });

  it('rejects edits of paths that Git would refuse', async () => {
    const bad = ['', '/a', 'a//b', '../a', 'a/.git/config', 'ledger', 'ledger/lines.txt/below'];
    for (const path of bad) {
      const edits = [{ path, content: Buffer.from('x') }];
      const ledger = await newLedger(new MemoryRemote(), {
        compose: () => ({ edits, message: 'm', author, answers: ['added'] }),
      });
      await expect(ledger.perform({ id: 'a' }), path).rejects.toThrow(/no path|folder|below/);
    }
  });
});

describe('creating', () => {
  it('makes the ref once', async () => {
    const remote = new MemoryRemote();
    await newLedger(remote);

    await expect(newLedger(remote)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('knows its own first commit after a lost answer, and is not fooled by a lost request', async () => {
    for (const fault of ['lose-reply', 'drop'] as const) {
      const remote = new MemoryRemote();
      remote.faults.next = fault;
      const ledger = await newLedger(remote);
      expect(ledger.snapshot?.commit).toBe(remote.refs.get(REF));
    }
  });
});

describe('refreshing', () => {
  it('asks once for all who want to know at the same time', async () => {
    const remote = new MemoryRemote();
    const ledger = await newLedger(remote);
    const before = remote.counters.fetches;

    const snapshots = await Promise.all([ledger.refresh(), ledger.refresh(), ledger.refresh()]);

    expect(remote.counters.fetches).toBe(before + 1);
    expect(new Set(snapshots).size).toBe(1);
  });

  it('tells listeners when the head changes, and only then', async () => {
    const remote = new MemoryRemote();
    const [mine, theirs] = [await newLedger(remote), openLedger(remote.transport())];
    const seen: string[] = [];
    const stop = mine.onMove((snapshot) => seen.push(linesOf(snapshot).join()));

    await mine.perform({ id: 'a' });
    await mine.refresh();
    await theirs.perform({ id: 'b' });
    await mine.refresh();
    stop();
    await mine.perform({ id: 'c' });

    expect(seen).toEqual(['a', 'a,b']);
  });

  it('says what changed, and leaves old snapshots as they were', async () => {
    const remote = new MemoryRemote();
    const ledger = await newLedger(remote);
    const first = ledger.snapshot;

    await oneByOne(ids(1_200), (id) => ledger.perform({ id: `${id}`.padEnd(20) }));

    const changes = [...(ledger.snapshot?.changesSince(first) ?? [])];
    expect(changes.map((it) => it.path)).toEqual(['ledger/lines.txt']);
    expect(changes[0]?.before?.oid).toBe(first?.entry('ledger/lines.txt')?.oid);
    expect(textAt(first, 'ledger/lines.txt')).toBe('');
  });
});

describe('leaving', () => {
  it('lets an operation be called off while it waits, and commits the others', async () => {
    const remote = new MemoryRemote({ latencyMs: 5 });
    const ledger = await newLedger(remote);
    const first = ledger.perform({ id: 'first' });
    await pushed(remote, remote.counters.pushes + 1);
    const stop = new AbortController();
    const second = ledger.perform({ id: 'second' }, { signal: stop.signal });
    const third = ledger.perform({ id: 'third' });

    stop.abort(new Error('not wanted any more'));

    await expect(second).rejects.toThrow('not wanted any more');
    await Promise.all([first, third]);
    expect(linesOf(ledger.snapshot)).toEqual(['first', 'third']);
  });

  it('ends what is under way when it is closed, and rejects what has not begun', async () => {
    const remote = new MemoryRemote({ latencyMs: 5 });
    const ledger = await newLedger(remote);
    const first = ledger.perform({ id: 'first' });
    await pushed(remote, remote.counters.pushes + 1);
    const second = ledger.perform({ id: 'second' });

    const closed = ledger.close();

    await expect(second).rejects.toThrow('was closed');
    expect(await first).toMatchObject({ answer: 'added' });
    await closed;
    await expect(ledger.perform({ id: 'third' })).rejects.toThrow('was closed');
  });
});

it('replaces the one commit of a ref without history, whoever wrote it last', async () => {
  const remote = new MemoryRemote();
  const mine = await newLedger(remote, { history: 'none' });
  const theirs = openLedger(remote.transport(), { history: 'none' });
  remote.faults.plan = (push) => (push % 4 === 0 ? 'drop' : undefined);

  await oneByOne(ids(6), (id) => (Number(id) % 2 === 0 ? mine : theirs).perform({ id }));

  const { commits, snapshotOf } = await readHistory(remote.transport(), REF);
  expect(commits).toHaveLength(1);
  expect(linesOf(snapshotOf(commits[0]?.oid ?? ''))).toEqual(ids(6));
});

async function pushed(remote: MemoryRemote, count: number): Promise<void> {
  while (remote.counters.pushes < count) await new Promise((resolve) => setImmediate(resolve));
}
