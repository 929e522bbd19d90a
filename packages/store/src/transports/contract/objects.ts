/** The part of the contract about objects: what is new arrives whole, and nothing else does. */
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';

import { blobsOf, commit, commitsOf, landed, REF } from './kit.ts';
import type { Connected } from './world.ts';

export function objectsContract(here: () => Connected): void {
  it('fetches nothing when the head is had', async () => {
    const { transport } = here();
    const { commit: head } = await landed(transport, commit({ 'a.json': '1' }));

    expect(await transport.fetchRef({ ref: REF, have: [head] })).toEqual({ head, objects: [] });
  });

  it('fetches all commits that are new, and of the files only those', async () => {
    const { transport, world } = here();
    const first = await landed(transport, commit({ 'a.json': 'old', 'deep/b.json': '1' }));
    const second = await landed(transport, commit({ 'deep/b.json': '2' }, first));
    const third = await landed(transport, commit({ 'deep/b.json': '3' }, second));

    const fetched = await world.connect().fetchRef({ ref: REF, have: [first.commit] });

    expect(commitsOf(fetched).sort()).toEqual([second.commit, third.commit].sort());
    expect(blobsOf(fetched).sort()).toEqual(['2', '3']);
  });

  it('fetches one commit with all its files at depth 1', async () => {
    const { transport } = here();
    const first = await landed(transport, commit({ 'a.json': 'old', 'deep/b.json': '1' }));
    const second = await landed(transport, commit({ 'deep/b.json': '2' }, first));

    const fetched = await transport.fetchRef({ ref: REF, have: [], depth: 1 });

    expect(commitsOf(fetched)).toEqual([second.commit]);
    expect(blobsOf(fetched).sort()).toEqual(['2', 'old']);
  });

  it('sends an old file again when somebody brought it back', async () => {
    const { transport } = here();
    const first = await landed(transport, commit({ 'a.json': 'old' }));
    const second = await landed(transport, commit({ 'a.json': 'new' }, first));
    await landed(transport, commit({ 'a.json': 'old' }, second));

    const fetched = await transport.fetchRef({ ref: REF, have: [second.commit] });

    expect(blobsOf(fetched)).toEqual(['old']);
  });

  it('ignores a commit that the remote does not know', async () => {
    const { transport } = here();
    const { commit: head } = await landed(transport, commit({ 'a.json': '1' }));
    const unknown = commit({ 'never.json': 'pushed' }).snapshot.commit;

    const fetched = await transport.fetchRef({ ref: REF, have: [unknown] });

    expect(fetched.head).toBe(head);
    expect(blobsOf(fetched)).toEqual(['1']);
  });

  it('carries many files, and differences to what is there', async () => {
    const { transport } = here();
    const files = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`jobs/${index}.json`, `job ${index}`]));
    const first = commit(files);
    const base = await landed(transport, first);
    const second = commit({ 'jobs/7.json': 'another', 'jobs/250.json': null }, base);
    const { commit: head } = await landed(transport, second);
    const had = new Map(first.objects.map((it) => [it.oid, it]));

    const fetched = await transport.fetchRef({ ref: REF, have: [base.commit], lookup: (oid) => had.get(oid) });

    const expected = second.objects.map((it) => (it.type === 'commit' ? head : it.oid));
    expect(fetched.objects.map((it) => it.oid).sort()).toEqual(expected.sort());
  });

  it('carries a large file', async () => {
    const { transport } = here();
    const large = randomBytes(700_000).toString('base64').slice(0, 900_000);
    await landed(transport, commit({ 'large.txt': large }));

    const fetched = await transport.fetchRef({ ref: REF, have: [] });

    expect(blobsOf(fetched)).toEqual([large]);
  });
}
