import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cut, openFollowing } from './cut.fixture.ts';
import { bareRepository, git, temporaryFolder } from './git.fixture.ts';
import { author, linesOf, newLedger, openLedger, REF } from './ledger.fixture.ts';
import { openTransport } from './transports/list.ts';
import { MemoryRemote } from './transports/memory.ts';

const draft = { edits: [{ path: 'epoch.txt', content: Buffer.from('') }], message: 'anew', author };

describe('replacing the head', () => {
  it('leaves the files, and one commit without a parent', async () => {
    const remote = new MemoryRemote();
    const ledger = await newLedger(remote);
    await ledger.perform({ id: 'a' });

    const after = await ledger.replace(await ledger.refresh(), draft);

    expect(remote.refs.get(REF)).toBe(after.commit);
    expect(linesOf(after)).toEqual(['a']);
    expect((await ledger.perform({ id: 'b' })).answer).toBe('added');
  });

  it('happens only while the head is what was seen', async () => {
    const remote = new MemoryRemote();
    const [ledger, rival] = [await newLedger(remote), openLedger(remote.transport())];
    const seen = await ledger.refresh();
    await rival.perform({ id: 'b' });

    await expect(ledger.replace(seen, draft)).rejects.toMatchObject({ code: 'CONFLICT' });

    expect(linesOf(await ledger.refresh())).toEqual(['b']);
    await expect(ledger.replace(seen, draft)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it.each(['lose-reply', 'drop'] as const)('happens once when the answer is lost: %s', async (fault) => {
    const remote = new MemoryRemote();
    await newLedger(remote);
    const store = openFollowing(remote.transport());
    const base = await store.refresh();
    remote.refs.set('refs/former/one', base.commit);
    remote.faults.next = fault;
    const edits = [{ path: 'epoch.txt', content: Buffer.from(`refs/former/one ${base.commit}`) }];

    const after = await store.replace(base, { ...draft, edits });

    expect(remote.refs.get(REF)).toBe(after.commit);
    expect(store.snapshot?.commit).toBe(after.commit);
  });

  it('lets one of two win', async () => {
    const remote = new MemoryRemote();
    await newLedger(remote);

    const outcomes = await Promise.allSettled([cut(remote, 'one'), cut(remote, 'two', { 'note.txt': 'other' })]);

    expect(outcomes.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('replacing the head on a server', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  it('that lets nobody rewrite a branch is denied, and nothing changes', async () => {
    const repository = await bareRepository(folder.path);
    await git(['config', 'receive.denyNonFastForwards', 'true'], { cwd: repository });
    const transport = openTransport(repository);
    const ledger = openLedger(transport);
    const before = await ledger.create({ edits: draft.edits, message: 'begin', author });

    const edits = [{ path: 'epoch.txt', content: Buffer.from('1') }];
    await expect(ledger.replace(before, { ...draft, edits })).rejects.toMatchObject({
      code: 'DENIED',
      message: expect.stringContaining('non-fast-forward'),
    });

    expect(await git(['rev-parse', REF], { cwd: repository })).toBe(before.commit);
    expect((await ledger.perform({ id: 'a' })).answer).toBe('added');
    await transport.close();
  });

  it('leaves a commit that Git finds whole', async () => {
    const repository = await bareRepository(folder.path);
    const transport = openTransport(repository);
    const ledger = openLedger(transport);
    await ledger.create({ edits: draft.edits, message: 'begin', author });
    await ledger.perform({ id: 'a' });

    await ledger.replace(await ledger.refresh(), draft);

    expect(await git(['rev-list', '--count', REF], { cwd: repository })).toBe('1');
    await git(['fsck', '--strict'], { cwd: repository });
    await transport.close();
  });
});
