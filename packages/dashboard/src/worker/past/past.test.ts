import { describe, expect, it } from 'vitest';
import { MemoryKeeping } from '../../testing/memory-keeping.ts';
import { ScriptedSource } from '../../testing/scripted-source.ts';
import { Library } from '../reading.ts';
import { blobOid } from '../sources/git-hash.ts';
import type { Source } from '../sources/source.ts';
import { moments } from './moments.ts';
import { snapshotAt } from './snapshot-at.ts';

const COMMIT = 'a'.repeat(40);

describe('the past', () => {
  it('shows the yard as its files were then, and fetches each of them once', async () => {
    const { scripted, reading, put } = world();
    await put('yard.json', JSON.stringify({ schemaVersion: 1, name: 'acme' }));
    await put('shared/jobs/x/broken.json', '{');
    await put('shared/archive/jobs/2026/02/01/01old.json', '{}');

    const then = await snapshotAt(reading, { commit: COMMIT });
    const again = await snapshotAt(reading, { commit: COMMIT });
    const later = await snapshotAt(reading, { time: '2026-03-01T18:00:00Z' });

    expect(then).toMatchObject({ yard: 'acme', head: COMMIT, at: '2026-03-01T12:00:00.000Z', agents: [] });
    expect(then.quarantined).toMatchObject([{ path: 'shared/jobs/x/broken.json' }]);
    expect(again).toBe(then);
    expect(later).toMatchObject({ head: 'c'.repeat(40), at: '2026-03-01T18:00:00.000Z' });
    expect(scripted.asked.filter((it) => it.startsWith('file'))).toEqual([
      'file yard.json',
      'file shared/jobs/x/broken.json',
    ]);
  });

  it('leaves a budget alone of which one moment would take the greater part', async () => {
    const { scripted, reading, put } = world({ left: () => 3 });
    for (const name of ['a', 'b']) await put(`shared/locks/${name}.json`, JSON.stringify({ name }));

    await expect(snapshotAt(reading, { commit: 'd'.repeat(40) })).rejects.toThrow(/takes 2 requests, and 3 are left/);

    expect(scripted.asked).toEqual(['commits', 'tree']);
  });

  it('takes one request for hundreds of files where they come in batches, and one for what another moment has of its own', async () => {
    const { scripted, reading, put } = world();
    scripted.mostInBatch = 150;
    for (let n = 0; n < 400; n++) await put(`shared/locks/${n}.json`, JSON.stringify({ name: `${n}` }));

    await snapshotAt(reading, { commit: '1'.repeat(40) });
    expect(scripted.asked).toEqual(['commits', 'tree', 'batch of 150', 'batch of 150', 'batch of 100']);

    for (const name of ['new', 'newer']) await put(`shared/locks/${name}.json`, JSON.stringify({ name }));
    scripted.asked.length = 0;
    await snapshotAt(reading, { commit: '2'.repeat(40) });
    expect(scripted.asked).toEqual(['commits', 'tree', 'batch of 2']);
  });

  it('needs no request for the time of a moment that a day told of, nor for a folder of a tree that is known', async () => {
    const { scripted, reading, put } = world();
    await put('shared/locks/a.json', JSON.stringify({ name: 'a', token: 1, holders: [] }));
    const [stop] = await moments(reading, { day: '2026-03-01' });
    scripted.asked.length = 0;

    await snapshotAt(reading, { commit: stop?.commit ?? '' });
    await reading.tree({ commit: stop?.commit ?? '' }, 'shared/locks');

    expect(scripted.asked).toEqual(['tree', 'file shared/locks/a.json']);
  });

  it('names the moments of a day', async () => {
    const { reading } = world();
    const moment = { commit: 'c'.repeat(40), at: '2026-03-01T12:00:00.000Z', subject: 'claim job 01j for build1' };

    expect(await moments(reading, { day: '2026-03-01' })).toEqual([moment]);
    expect(await moments(reading, { day: '2026-03-02' })).toEqual([]);
    await expect(moments(reading, { day: 'soon' })).rejects.toThrow('soon is no day');
  });

  it('says that a time is none, or lies before what is kept', async () => {
    const { reading } = world();

    await expect(snapshotAt(reading, { time: 'soon' })).rejects.toThrow('soon is no time');
    await expect(snapshotAt(reading, { time: '2020-01-01T00:00:00Z' })).rejects.toThrow('begins after that time');
  });
});

function world(more: Partial<Source> = {}) {
  const scripted = new ScriptedSource();
  const source = { ...scripted.source, ...more };
  const keeping = new MemoryKeeping();
  const none = { model: () => undefined, overwritten: () => null, now: () => 0 };
  const library = new Library({ source, keeping: () => keeping, ...none });
  const put = async (path: string, content: string): Promise<void> => {
    const bytes = new TextEncoder().encode(content);
    const oid = (await blobOid(bytes)) ?? '';
    scripted.blobs.set(oid, bytes);
    scripted.tree = [...scripted.tree, { path, oid, sizeBytes: bytes.length }];
  };
  return { scripted, reading: library.reading(new AbortController().signal), put };
}
