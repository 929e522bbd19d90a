import { describe, expect, it } from 'vitest';
import { MemoryKeeping } from '../testing/memory-keeping.ts';
import { ScriptedSource } from '../testing/scripted-source.ts';
import { Library } from './reading.ts';
import { blobOid } from './sources/git-hash.ts';

const COMMIT = 'c'.repeat(40);
const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

describe('reading', () => {
  it('fetches a blob once, however many want it at once or later, here or in another visit', async () => {
    const { scripted, reading, keeping, put } = await world();
    const oid = await put('a.json', '{}');
    await Promise.all([reading().blob(oid), reading().blob(oid)]);
    await reading().blob(oid);
    await world({ scripted, keeping }).then((it) => it.reading().blob(oid));

    expect(scripted.asked).toEqual([`blob ${oid.slice(0, 4)}`]);
  });

  it('says that a blob is invalid which is not what its name says, wherever it comes from', async () => {
    const { scripted, reading, keeping, put } = await world();
    const oid = await put('a.json', 'true');
    keeping.objects.set(oid, new TextEncoder().encode('swapped here'));
    expect(text(await reading().blob(oid))).toBe('true');

    const other = await put('b.json', 'false');
    scripted.blobs.set(other, new TextEncoder().encode('swapped there'));
    const failure = { failure: { kind: 'invalid', reason: expect.stringContaining(other.slice(0, 12)) } };
    await expect(reading().blob(other)).rejects.toMatchObject(failure);
    await expect(reading().file({ ref: 'state' }, 'b.json')).rejects.toMatchObject(failure);
  });

  it('takes a file from its place in a commit, and from then on by its content', async () => {
    const { scripted, reading, put } = await world();
    const oid = await put('a.json', '1');
    await reading().tree({ commit: COMMIT }, '');
    await reading().tree({ commit: COMMIT }, '');
    const found = await reading().file({ commit: COMMIT }, 'a.json');
    await reading().blob(oid);

    expect([found?.oid, text(found?.bytes)]).toEqual([oid, '1']);
    expect(scripted.asked).toEqual(['tree', 'file a.json']);
  });

  it('asks again for what was kept and cannot be read', async () => {
    const { scripted, reading, keeping, put } = await world();
    await put('a.json', '1');
    await reading().tree({ commit: COMMIT }, '');
    for (const name of keeping.objects.keys()) keeping.objects.set(name, new TextEncoder().encode('[{"path'));

    expect(await reading().tree({ commit: COMMIT }, '')).toEqual(scripted.tree);
  });

  it('asks each time what a ref holds, and once what a commit is', async () => {
    const { scripted, reading } = await world();
    for (const place of [{ ref: 'state' }, { commit: COMMIT }] as const) {
      await reading().commits(place, { count: 1 });
      await reading().commits(place, { count: 1 });
    }
    expect(scripted.asked).toEqual(['commits', 'commits', 'commits']);
  });

  it('asks nothing for whoever has gone before', async () => {
    const { scripted, reading, put } = await world();
    const oid = await put('a.json', '{}');
    const gone = reading(AbortSignal.abort(new Error('gone')));

    await expect(gone.blob(oid)).rejects.toThrow('gone');
    await expect(gone.tree({ ref: 'state' }, '')).rejects.toThrow('gone');
    expect(scripted.asked).toEqual([]);
  });

  it('stops waiting for whoever has gone, and no one else', async () => {
    const { reading, put } = await world();
    const oid = await put('a.json', '{}');
    const gone = new AbortController();
    const [left, stayed] = [reading(gone.signal).blob(oid), reading().blob(oid)];
    gone.abort(new Error('gone'));

    await expect(left).rejects.toThrow('gone');
    expect(text(await stayed)).toBe('{}');
  });
});

async function world({ scripted = new ScriptedSource(), keeping = new MemoryKeeping() } = {}) {
  const library = new Library({
    source: scripted.source,
    keeping: () => keeping,
    model: () => undefined,
    overwritten: () => null,
    now: () => 0,
  });
  return {
    scripted,
    keeping,
    reading: (signal = new AbortController().signal) => library.reading(signal),
    put: async (path: string, content: string): Promise<string> => {
      const bytes = new TextEncoder().encode(content);
      const oid = (await blobOid(bytes)) ?? '';
      scripted.blobs.set(oid, bytes);
      scripted.tree = [...scripted.tree, { path, oid, sizeBytes: bytes.length }];
      return oid;
    },
  };
}
