import { describe, expect, it } from 'vitest';

import { readHistory } from './history.ts';
import { ids, linesOf, newLedger, oneByOne, openLedger, REF } from './ledger.fixture.ts';
import { systemPorts } from './ports.ts';
import { MemoryRemote } from './transports/memory.ts';
import type { PushRequest } from './transports/transport.ts';

describe('when answers are lost', () => {
  it('has the effect of each operation exactly once', async () => {
    const remote = new MemoryRemote();
    const ledger = await newLedger(remote);
    remote.faults.plan = (push) => (push % 3 === 0 ? 'lose-reply' : undefined);

    await oneByOne(ids(30), (id) => ledger.perform({ id }));

    expect(linesOf(ledger.snapshot)).toEqual(ids(30));
    expect(ledger.counters.unclear).toBeGreaterThan(5);
  });

  it('sends the same commit again when it did not arrive', async () => {
    const remote = new MemoryRemote();
    const ledger = await newLedger(remote);
    remote.faults.next = 'drop';

    await ledger.perform({ id: 'a' });

    expect(linesOf(ledger.snapshot)).toEqual(['a']);
  });

  it('recognises a commit that arrives after it was given up', async () => {
    const remote = new MemoryRemote();
    const ledger = await newLedger(remote);
    remote.faults.next = 'zombie';
    // It arrives between our look, which did not find it, and our second try.
    remote.faults.plan = () => {
      remote.releaseZombies();
      return undefined;
    };

    const { commit } = await ledger.perform({ id: 'a' });

    expect(commit).toBe(remote.refs.get(REF));
    expect(linesOf(ledger.snapshot)).toEqual(['a']);
    expect(ledger.counters).toMatchObject({ conflicts: 1, unclear: 1 });
  });

  it('finds its commit under the commits that others have put on it', async () => {
    const remote = new MemoryRemote();
    const [mine, theirs] = [await newLedger(remote), openLedger(remote.transport())];
    remote.faults.next = 'lose-reply';
    const reading = remote.read.bind(remote);
    remote.read = async (answer) => {
      remote.read = reading;
      await theirs.perform({ id: 'theirs' });
      return reading(answer);
    };

    await mine.perform({ id: 'mine' });

    expect(linesOf(mine.snapshot)).toEqual(['mine', 'theirs']);
  });

  it('says that a change may have landed when it cannot find out', async () => {
    const remote = new MemoryRemote();
    const ledger = await newLedger(remote, {
      ports: { ...systemPorts, sleep: async () => undefined },
      deadlineMs: 1e6,
    });
    remote.faults.next = 'lose-reply';
    remote.faults.reads = 'unreachable';

    await expect(ledger.perform({ id: 'a' })).rejects.toMatchObject({
      code: 'REMOTE_UNREACHABLE',
      mayHaveLanded: true,
    });
  });

  it('holds for many writers at once', async () => {
    const remote = new MemoryRemote({ latencyMs: 1 });
    await newLedger(remote);
    remote.faults.plan = (push) =>
      [undefined, 'lose-reply', undefined, 'drop', undefined][push % 5] as 'drop' | undefined;
    const ledgers = ids(4).map(() => openLedger(remote.transport()));

    await Promise.all(ledgers.map((ledger, writer) => oneByOne(ids(10, `${writer}-`), (id) => ledger.perform({ id }))));

    const lines = linesOf(await openLedger(remote.transport()).refresh());
    expect([...lines].sort()).toEqual(ledgers.flatMap((_, writer) => ids(10, `${writer}-`)).sort());
  });
});

describe('when the remote says no', () => {
  it('reports a refusal in the server’s words, once, and works again later', async () => {
    const remote = new MemoryRemote();
    const ledger = await newLedger(remote);
    remote.faults.declines = 'only on weekdays';
    const before = remote.counters.pushes;

    await expect(ledger.perform({ id: 'a' })).rejects.toMatchObject({
      code: 'DENIED',
      message: expect.stringContaining('only on weekdays'),
    });
    expect(remote.counters.pushes).toBe(before + 1);
    remote.faults.declines = undefined;
    expect(await ledger.perform({ id: 'b' })).toMatchObject({ answer: 'added' });
  });

  it('tries three times to reach it, and then says so', async () => {
    const remote = new MemoryRemote();
    const ledger = await newLedger(remote, { ports: quick() });
    const before = remote.counters.pushes;
    remote.faults.plan = () => 'unreachable';

    await expect(ledger.perform({ id: 'a' })).rejects.toMatchObject({
      code: 'REMOTE_UNREACHABLE',
      mayHaveLanded: false,
    });
    expect(remote.counters.pushes).toBe(before + 3);
  });

  it('gives up at the deadline when a ref stays locked, and says where to look', async () => {
    const remote = new MemoryRemote();
    await newLedger(remote);
    const locked = {
      ...remoteOf(remote),
      push: async () => ({
        kind: 'answered' as const,
        refs: new Map([[REF, { ok: false as const, sort: 'conflict' as const, reason: 'failed to update ref' }]]),
      }),
    };

    const attempt = openLedger(locked, { deadlineMs: 300 }).perform({ id: 'a' });

    await expect(attempt).rejects.toMatchObject({ code: 'CONFLICT', hint: expect.stringContaining('.lock') });
  });

  it('gives up at the deadline when others are always faster, and says how often', async () => {
    const remote = new MemoryRemote();
    const [ledger, rival] = [await newLedger(remote), openLedger(remote.transport())];
    const inner = remote.transport();
    const tooSlow = {
      ...remoteOf(remote),
      push: async (request: PushRequest) => {
        await rival.perform({ id: 'rival' });
        return inner.push(request);
      },
    };

    const attempt = openLedger(tooSlow, { deadlineMs: 300 }).perform({ id: 'a' });

    await expect(attempt).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/moved \d+ times/),
    });
    expect(linesOf(await ledger.refresh())).not.toContain('a');
  });

  it('never makes a branch anew that was removed', async () => {
    const remote = new MemoryRemote();
    const ledger = await newLedger(remote);
    remote.refs.delete(REF);

    await expect(ledger.perform({ id: 'a' })).rejects.toMatchObject({ code: 'BRANCH_MISSING' });
    await expect(ledger.refresh()).rejects.toMatchObject({ code: 'BRANCH_MISSING' });
    expect(remote.refs.size).toBe(0);
    expect(ledger.snapshot).toBeDefined();
  });

  it('notices a rewritten history, and goes on showing the old one', async () => {
    const remote = new MemoryRemote();
    const ledger = await newLedger(remote, { ports: quick() });
    await ledger.perform({ id: 'a' });
    const [kept, old] = [ledger.snapshot, (await readHistory(remote.transport(), REF)).commits[0]?.oid ?? ''];
    remote.refs.set(REF, old);

    await expect(ledger.refresh()).rejects.toMatchObject({ code: 'HISTORY_REWRITTEN' });
    await expect(ledger.perform({ id: 'b' })).rejects.toMatchObject({ code: 'HISTORY_REWRITTEN' });
    expect(remote.refs.get(REF)).toBe(old);
    expect(ledger.snapshot).toBe(kept);
  });

  it('waits for a remote that answers with an older head for a moment', async () => {
    const remote = new MemoryRemote();
    let newest = '';
    const sleep = async () => void remote.refs.set(REF, newest);
    const ledger = await newLedger(remote, { ports: { ...quick(), sleep } });
    const old = remote.refs.get(REF) ?? '';
    await ledger.perform({ id: 'a' });
    newest = remote.refs.get(REF) ?? '';
    remote.refs.set(REF, old);

    const snapshot = await ledger.refresh();

    expect(snapshot.commit).toBe(newest);
    expect(linesOf(snapshot)).toEqual(['a']);
  });
});

/** A clock on which waiting takes no time. */
function quick() {
  let nowMs = 0;
  const sleep = async (ms: number) => {
    nowMs += ms;
  };
  return { monotonicMs: () => nowMs, wallMs: () => 0, sleep, alarm: systemPorts.alarm, random: () => 0.5 };
}

function remoteOf(remote: MemoryRemote) {
  const transport = remote.transport();
  return {
    name: transport.name,
    readRefs: transport.readRefs.bind(transport),
    fetchRef: transport.fetchRef.bind(transport),
    close: transport.close.bind(transport),
  };
}
