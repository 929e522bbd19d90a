/** The part of the contract about refs: they move by compare-and-swap, or not at all. */
import { expect, it } from 'vitest';
import { makeObject } from '../../codec/object.ts';
import { decodeTag, encodeTag } from '../../codec/tag.ts';
import type { Transport } from '../transport.ts';
import { commit, commitsOf, landed, OTHER, push, REF, sortOf } from './kit.ts';
import type { Connected } from './world.ts';

const TAG = 'refs/tags/good';
const tagOf = (object: string) => {
  const tagger = { name: 'Ada', email: 'ada@example.com', atSeconds: 1_700_000_000 };
  return makeObject('tag', encodeTag({ object, tag: 'good', tagger, message: 'it works' }));
};
const canReplace = ({ can }: Transport): boolean => can?.replace ?? true;

export function refsContract(here: () => Connected): void {
  it('says that a ref is missing', async () => {
    const { transport } = here();
    expect(await transport.fetchRef({ ref: REF, have: [] })).toEqual({ head: null, objects: [] });
    expect(await transport.readRefs(['refs/heads/'])).toEqual(new Map());
  });

  it('makes a ref where there is none, and for one of two only', async () => {
    const { transport, world } = here();
    const outcomes = await Promise.all([
      push(transport, commit({ 'a.json': 'mine' })),
      push(world.connect(), commit({ 'a.json': 'theirs' })),
    ]);

    expect(outcomes.map((it) => sortOf(it)).sort()).toEqual(['conflict', 'ok']);
  });

  it('moves a ref from what was expected, and from nothing else', async () => {
    const { transport } = here();
    const first = await landed(transport, commit({ 'a.json': '1' }));
    const second = await landed(transport, commit({ 'a.json': '2' }, first));

    const stale = await push(transport, commit({ 'a.json': '3' }, first));

    expect(sortOf(stale)).toBe('conflict');
    expect(await transport.readRefs([REF])).toEqual(new Map([[REF, second.commit]]));
  });

  it('makes an annotated tag of what is there, gives it back, and removes it only as it was made, or makes none', async () => {
    const { transport } = here();
    const { commit: object } = await landed(transport, commit({ 'a.json': '1' }));
    const tag = tagOf(object);
    const move = (expected: string | null, next: string | null, objects = [tag]) =>
      transport.push({ updates: [{ ref: TAG, expected, next }], objects: next === null ? [] : objects });

    if (transport.makesCommits) {
      await move(null, tag.oid).catch(() => undefined);
      return expect(await transport.readRefs([TAG])).toEqual(new Map());
    }
    const lost = tagOf('1'.repeat(40));
    expect(sortOf(await move(null, lost.oid, [lost]), TAG)).toBe('refused');
    expect(sortOf(await move(null, tag.oid), TAG)).toBe('ok');
    expect(sortOf(await move(null, tag.oid), TAG)).toBe('conflict');

    const fetched = await transport.fetchRef({ ref: TAG, have: [], depth: 1 });
    expect(fetched.head).toBe(tag.oid);
    const [found] = fetched.objects.filter((it) => it.type === 'tag');
    expect(decodeTag(found?.body ?? new Uint8Array())).toMatchObject({ object, tag: 'good', message: 'it works\n' });
    expect(commitsOf(fetched)).toEqual([object]);

    expect(sortOf(await move(object, null), TAG)).toBe('conflict');
    expect(sortOf(await move(tag.oid, null), TAG)).toBe('ok');
    expect(await transport.readRefs(['refs/tags/'])).toEqual(new Map());
  });

  it('lets one of two identical commits win', async () => {
    const { transport, world } = here();
    const base = await landed(transport, commit({ 'a.json': '1' }));
    const [mine, theirs] = [commit({ 'a.json': '2' }, base), commit({ 'a.json': '2' }, base)];
    expect(mine.snapshot.commit).toBe(theirs.snapshot.commit);

    const outcomes = [await push(transport, mine), await push(world.connect(), theirs)];

    expect(outcomes.map((it) => sortOf(it))).toEqual(['ok', 'conflict']);
  });

  it('replaces a commit that has no parent, or says that it cannot', async () => {
    const { transport } = here();
    const first = await landed(transport, commit({ 'beat.json': '1' }), OTHER);
    const second = commit({ 'beat.json': '2' }, first, { history: 'none' });

    const outcome = await push(transport, second, OTHER);
    const fetched = await transport.fetchRef({ ref: OTHER, have: [] });

    expect(sortOf(outcome, OTHER)).toBe(canReplace(transport) ? 'ok' : 'refused');
    expect(fetched.head).toBe(canReplace(transport) ? second.snapshot.commit : first.commit);
    expect(commitsOf(fetched)).toEqual([fetched.head]);
  });

  it('removes a ref, or says that it cannot', async () => {
    const { transport } = here();
    const { commit: expected } = await landed(transport, commit({ 'a.json': '1' }));

    const outcome = await transport.push({ updates: [{ ref: REF, expected, next: null }], objects: [] });

    expect(sortOf(outcome)).toBe(canReplace(transport) ? 'ok' : 'refused');
    expect(await transport.readRefs([REF])).toEqual(new Map(canReplace(transport) ? [] : [[REF, expected]]));
  });

  it('answers each of two refs in one push by itself', async () => {
    const { transport } = here();
    const base = await landed(transport, commit({ 'a.json': '1' }));
    const [next, live] = [commit({ 'a.json': '2' }, base), commit({ 'beat.json': '1' }, base)];

    const outcome = await transport.push({
      updates: [
        { ref: REF, expected: base.commit, next: next.snapshot.commit },
        { ref: OTHER, expected: base.commit, next: live.snapshot.commit },
      ],
      objects: [...next.objects, ...live.objects],
    });

    expect([sortOf(outcome), sortOf(outcome, OTHER)]).toEqual(['ok', 'conflict']);
  });

  it('lists the refs with a prefix', async () => {
    const { transport } = here();
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
}
