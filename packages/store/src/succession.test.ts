import { describe, expect, it } from 'vitest';
import { cut, openFollowing, predecessorOf } from './cut.fixture.ts';
import { readHistory } from './history.ts';
import { linesOf, newLedger, openLedger, REF } from './ledger.fixture.ts';
import { MemoryRemote } from './transports/memory.ts';

/** A ledger with `a` in it, and a store that has seen that. */
async function world() {
  const remote = new MemoryRemote();
  const rival = await newLedger(remote, { predecessorOf });
  await rival.perform({ id: 'a' });
  const store = openFollowing(remote.transport());
  await store.refresh();
  return { remote, rival, store };
}

describe('a history that was cut', () => {
  it('is followed by who saw its last commit, without a look at what was cut off', async () => {
    const { remote, store } = await world();
    const first = await cut(remote, 'one');
    remote.refs.delete('refs/former/one');

    expect((await store.refresh()).commit).toBe(first.commit);
    expect((await store.perform({ id: 'b' })).answer).toBe('added');
    expect(linesOf(store.snapshot)).toEqual(['a', 'b']);
  });

  it('is followed by who was behind when it was cut, and after it', async () => {
    const { remote, rival, store } = await world();
    await rival.perform({ id: 'b' });
    await cut(remote, 'one');
    await rival.perform({ id: 'c' });

    expect(linesOf(await store.refresh())).toEqual(['a', 'b', 'c']);
  });

  it('is followed over several cuts', async () => {
    const { remote, rival, store } = await world();
    for (const name of ['one', 'two', 'three']) {
      await rival.perform({ id: name });
      await cut(remote, name);
    }

    expect(linesOf(await store.refresh())).toEqual(['a', 'one', 'two', 'three']);
  });

  it('makes nobody do again what had landed before the cut', async () => {
    const { remote, store } = await world();
    remote.faults.next = 'lose-reply';
    const inner = remote.transport();
    const transport = {
      name: inner.name,
      readRefs: inner.readRefs.bind(inner),
      close: inner.close.bind(inner),
      fetchRef: inner.fetchRef.bind(inner),
      push: async (request: Parameters<typeof inner.push>[0]) => {
        const outcome = await inner.push(request);
        if (outcome.kind === 'unclear') await cut(remote, 'one');
        return outcome;
      },
    };
    const unlucky = openFollowing(transport);
    await unlucky.refresh();

    expect((await unlucky.perform({ id: 'once' })).answer).toBe('added');

    expect(linesOf(await store.refresh())).toEqual(['a', 'once']);
    expect(unlucky.counters).toMatchObject({ unclear: 1, commits: 1 });
  });

  it('is read from its beginning, with the former parts where they are kept', async () => {
    const { remote, rival } = await world();
    await cut(remote, 'one');
    await rival.perform({ id: 'b' });
    await cut(remote, 'two');
    const messages = async (depth?: number) => {
      const history = await readHistory(remote.transport(), REF, { predecessorOf, depth });
      return { told: history.commits.map((it) => it.message.trim()), isWhole: history.isWhole };
    };

    const all = ['begin', 'add a', `cut ${REF}`, 'add b', `cut ${REF}`];
    expect(await messages()).toEqual({ told: all, isWhole: true });
    expect(await messages(1)).toEqual({ told: all.slice(-1), isWhole: false });
    expect(await messages(4)).toEqual({ told: all.slice(-4), isWhole: false });
    expect(await messages(50)).toEqual({ told: all, isWhole: true });
  });

  it('says what is missing when a former part is gone, and takes it from elsewhere when it is there', async () => {
    const { remote } = await world();
    await cut(remote, 'one');
    const backup = new MemoryRemote();
    for (const [oid, object] of remote.objects) backup.objects.set(oid, object);
    for (const [ref, oid] of remote.refs) backup.refs.set(ref, oid);
    remote.refs.delete('refs/former/one');

    const cutOff = await readHistory(remote.transport(), REF, { predecessorOf });
    const elsewhere = [backup.transport()];
    const found = await readHistory(remote.transport(), REF, { predecessorOf, elsewhere });

    expect(cutOff).toMatchObject({ missing: { ref: 'refs/former/one' }, isWhole: true });
    expect([cutOff.commits.length, found.commits.length, found.missing]).toEqual([1, 3, undefined]);
  });
});

describe('a history that somebody rewrote', () => {
  const refused = { code: 'HISTORY_REWRITTEN' };

  it('is refused when it says nothing of the former one', async () => {
    const { remote, store } = await world();
    remote.refs.delete(REF);
    await newLedger(remote);

    await expect(store.refresh()).rejects.toMatchObject(refused);
    await expect(store.perform({ id: 'b' })).rejects.toMatchObject(refused);
  });

  it('is refused when it names the former one and has other files', async () => {
    const { remote, store } = await world();
    await cut(remote, 'one', { 'ledger/lines.txt': 'a\nforged' });

    await expect(store.refresh()).rejects.toMatchObject(refused);
    expect(linesOf(store.snapshot)).toEqual(['a']);
  });

  it('is refused when it was cut behind what was seen', async () => {
    const { remote, rival, store } = await world();
    const before = remote.refs.get(REF) ?? '';
    await rival.perform({ id: 'b' });
    await store.refresh();
    remote.refs.set(REF, before);
    await cut(remote, 'one');

    await expect(store.refresh()).rejects.toMatchObject(refused);
  });

  it('is refused when what it names is not kept, and was not seen', async () => {
    const { remote, rival, store } = await world();
    await rival.perform({ id: 'b' });
    await cut(remote, 'one');
    const kept = remote.refs.get('refs/former/one') ?? '';
    remote.refs.delete('refs/former/one');

    await expect(store.refresh()).rejects.toMatchObject(refused);
    remote.refs.set('refs/former/one', kept);
    expect(linesOf(await store.refresh())).toEqual(['a', 'b']);
  });

  it('is refused by a store that knows of no cuts', async () => {
    const { remote } = await world();
    const plain = openLedger(remote.transport());
    await plain.refresh();
    await cut(remote, 'one');

    await expect(plain.refresh()).rejects.toMatchObject(refused);
  });
});
