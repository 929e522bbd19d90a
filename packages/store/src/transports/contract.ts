/**
 * What every transport must do, whatever it talks to: run by the specs of each, and by those of our own Git server.
 * The remote is reached through the transport alone; what a rival or a fault does is the world's business.
 */
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Oid } from '../codec/oid.ts';
import { blobsOf, commit, commitsOf, landed, OTHER, push, REF, reasonOf, sortOf } from './contract-kit.ts';
import type { Transport } from './transport.ts';

export interface TransportWorld {
  /** A transport of its own, to an empty remote that all of this world share. */
  connect(): Transport;
  /** A client that is not ours puts one file on the ref; resolves with the new head. */
  pushByHand?(ref: string, path: string, text: string): Promise<Oid>;
  /** From now on a hook of the remote declines every push, with this text. */
  decline?(text: string): Promise<void>;
  /** The next push is done, and its answer lost. */
  loseNextReply?(): Promise<void>;
  close(): Promise<void>;
}

export interface ContractOptions {
  /** What the world cannot do; the specs that need it are left out. */
  readonly without?: readonly ('pushByHand' | 'decline' | 'loseNextReply')[];
}

export function transportContract(
  name: string,
  makeWorld: () => Promise<TransportWorld>,
  options: ContractOptions = {},
): void {
  const can = (ability: 'pushByHand' | 'decline' | 'loseNextReply') => !options.without?.includes(ability);

  describe(`the transport contract, ${name}`, () => {
    let world: TransportWorld;
    let transport: Transport;
    beforeEach(async () => {
      world = await makeWorld();
      transport = world.connect();
    });
    afterEach(async () => {
      await transport.close();
      await world.close();
    });

    it('says that a ref is missing', async () => {
      expect(await transport.fetchRef({ ref: REF, have: [] })).toEqual({ head: null, objects: [] });
      expect(await transport.readRefs(['refs/heads/'])).toEqual(new Map());
    });

    it('makes a ref where there is none, and for one of two only', async () => {
      const outcomes = await Promise.all([
        push(transport, commit({ 'a.json': 'mine' })),
        push(world.connect(), commit({ 'a.json': 'theirs' })),
      ]);

      expect(outcomes.map((it) => sortOf(it)).sort()).toEqual(['conflict', 'ok']);
    });

    it('moves a ref from what was expected, and from nothing else', async () => {
      const first = await landed(transport, commit({ 'a.json': '1' }));
      const second = await landed(transport, commit({ 'a.json': '2' }, first));

      const stale = await push(transport, commit({ 'a.json': '3' }, first));

      expect(sortOf(stale)).toBe('conflict');
      expect(await transport.readRefs([REF])).toEqual(new Map([[REF, second.commit]]));
    });

    it('lets one of two identical commits win', async () => {
      const base = await landed(transport, commit({ 'a.json': '1' }));
      const [mine, theirs] = [commit({ 'a.json': '2' }, base), commit({ 'a.json': '2' }, base)];
      expect(mine.snapshot.commit).toBe(theirs.snapshot.commit);

      const outcomes = [await push(transport, mine), await push(world.connect(), theirs)];

      expect(outcomes.map((it) => sortOf(it))).toEqual(['ok', 'conflict']);
    });

    it('replaces a commit that has no parent', async () => {
      const first = await landed(transport, commit({ 'beat.json': '1' }), OTHER);
      const second = await landed(transport, commit({ 'beat.json': '2' }, first, { history: 'none' }), OTHER);

      const fetched = await transport.fetchRef({ ref: OTHER, have: [] });

      expect(fetched.head).toBe(second.commit);
      expect(commitsOf(fetched)).toEqual([second.commit]);
    });

    it('removes a ref', async () => {
      const { commit: expected } = await landed(transport, commit({ 'a.json': '1' }));

      const outcome = await transport.push({ updates: [{ ref: REF, expected, next: null }], objects: [] });

      expect(sortOf(outcome)).toBe('ok');
      expect(await transport.readRefs([REF])).toEqual(new Map());
    });

    it('answers each of two refs in one push by itself', async () => {
      const base = await landed(transport, commit({ 'a.json': '1' }));
      const [next, live] = [commit({ 'a.json': '2' }, base), commit({ 'beat.json': '1' })];
      const wrong = commit({ 'other.json': '1' }).snapshot.commit;

      const outcome = await transport.push({
        updates: [
          { ref: REF, expected: base.commit, next: next.snapshot.commit },
          { ref: OTHER, expected: wrong, next: live.snapshot.commit },
        ],
        objects: [...next.objects, ...live.objects],
      });

      expect([sortOf(outcome), sortOf(outcome, OTHER)]).toEqual(['ok', 'conflict']);
    });

    it('lists the refs with a prefix', async () => {
      const state = await landed(transport, commit({ a: '1' }));
      const live = await landed(transport, commit({ b: '1' }), OTHER);

      expect(await transport.readRefs(['refs/heads/'])).toEqual(
        new Map([
          [REF, state.commit],
          [OTHER, live.commit],
        ]),
      );
      expect(await transport.readRefs([OTHER])).toEqual(new Map([[OTHER, live.commit]]));
      expect((await transport.fetchRef({ ref: REF, have: [] })).head).toBe(state.commit);
    });

    it('fetches nothing when the head is had', async () => {
      const { commit: head } = await landed(transport, commit({ 'a.json': '1' }));

      expect(await transport.fetchRef({ ref: REF, have: [head] })).toEqual({ head, objects: [] });
    });

    it('fetches all commits that are new, and of the files only those', async () => {
      const first = await landed(transport, commit({ 'a.json': 'old', 'deep/b.json': '1' }));
      const second = await landed(transport, commit({ 'deep/b.json': '2' }, first));
      const third = await landed(transport, commit({ 'deep/b.json': '3' }, second));

      const fetched = await world.connect().fetchRef({ ref: REF, have: [first.commit] });

      expect(commitsOf(fetched).sort()).toEqual([second.commit, third.commit].sort());
      expect(blobsOf(fetched).sort()).toEqual(['2', '3']);
    });

    it('fetches one commit with all its files at depth 1', async () => {
      const first = await landed(transport, commit({ 'a.json': 'old', 'deep/b.json': '1' }));
      const second = await landed(transport, commit({ 'deep/b.json': '2' }, first));

      const fetched = await transport.fetchRef({ ref: REF, have: [], depth: 1 });

      expect(commitsOf(fetched)).toEqual([second.commit]);
      expect(blobsOf(fetched).sort()).toEqual(['2', 'old']);
    });

    it('sends an old file again when somebody brought it back', async () => {
      const first = await landed(transport, commit({ 'a.json': 'old' }));
      const second = await landed(transport, commit({ 'a.json': 'new' }, first));
      await landed(transport, commit({ 'a.json': 'old' }, second));

      const fetched = await transport.fetchRef({ ref: REF, have: [second.commit] });

      expect(blobsOf(fetched)).toEqual(['old']);
    });

    it('ignores a commit that the remote does not know', async () => {
      const { commit: head } = await landed(transport, commit({ 'a.json': '1' }));
      const unknown = commit({ 'never.json': 'pushed' }).snapshot.commit;

      const fetched = await transport.fetchRef({ ref: REF, have: [unknown] });

      expect(fetched.head).toBe(head);
      expect(blobsOf(fetched)).toEqual(['1']);
    });

    it('carries many files, and differences to what is there', async () => {
      const files = Object.fromEntries(
        Array.from({ length: 300 }, (_, index) => [`jobs/${index}.json`, `job ${index}`]),
      );
      const first = commit(files);
      const base = await landed(transport, first);
      const second = commit({ 'jobs/7.json': 'another', 'jobs/250.json': null }, base);
      await landed(transport, second);
      const had = new Map(first.objects.map((it) => [it.oid, it]));

      const fetched = await transport.fetchRef({ ref: REF, have: [base.commit], lookup: (oid) => had.get(oid) });

      const expected = second.objects.map((it) => it.oid);
      expect(fetched.objects.map((it) => it.oid).sort()).toEqual(expected.sort());
    });

    it('carries a large file', async () => {
      const large = randomBytes(700_000).toString('base64').slice(0, 900_000);
      await landed(transport, commit({ 'large.txt': large }));

      const fetched = await transport.fetchRef({ ref: REF, have: [] });

      expect(blobsOf(fetched)).toEqual([large]);
    });

    it('does not begin what was called off', async () => {
      const signal = AbortSignal.abort(new Error('called off'));
      const { objects, snapshot } = commit({ 'a.json': '1' });
      const updates = [{ ref: REF, expected: null, next: snapshot.commit }];

      await expect(transport.fetchRef({ ref: REF, have: [], signal })).rejects.toThrow('called off');
      await expect(transport.push({ updates, objects, signal })).rejects.toThrow('called off');
      expect(await transport.readRefs([REF])).toEqual(new Map());
    });

    if (can('pushByHand')) {
      it('loses against another client that was faster, and gets its commit', async () => {
        const base = await landed(transport, commit({ 'a.json': '1' }));
        const rival = await world.pushByHand?.(REF, 'by-hand.json', 'from a person');

        const outcome = await push(transport, commit({ 'a.json': '2' }, base));
        const fetched = await transport.fetchRef({ ref: REF, have: [base.commit] });

        expect(sortOf(outcome)).toBe('conflict');
        expect(commitsOf(fetched)).toEqual([rival]);
        expect(blobsOf(fetched)).toEqual(['from a person']);
      });
    }

    if (can('decline')) {
      it('tells a refusal from a lost race, with the words of the server', async () => {
        const base = await landed(transport, commit({ 'a.json': '1' }));
        await world.decline?.('only on weekdays');

        const outcome = await push(transport, commit({ 'a.json': '2' }, base));

        expect(sortOf(outcome)).toBe('refused');
        expect(reasonOf(outcome)).toMatch(/declined.*only on weekdays|only on weekdays/s);
      });
    }

    if (can('loseNextReply')) {
      it('calls a push unclear whose answer was lost, though it landed', async () => {
        const attempt = commit({ 'a.json': '1' });
        await world.loseNextReply?.();

        const outcome = await push(transport, attempt);

        expect(outcome.kind).toBe('unclear');
        expect(await transport.readRefs([REF])).toEqual(new Map([[REF, attempt.snapshot.commit]]));
      });
    }
  });
}
