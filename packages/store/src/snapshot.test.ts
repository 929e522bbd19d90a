import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { buildAttempt } from './attempt.ts';
import type { Snapshot, TreeEntry } from './snapshot.ts';

const author = { name: 'Ada', email: 'ada@example.com' };

describe('a snapshot', () => {
  it('knows files by path, and folders not at all', () => {
    const snapshot = snapshotWith({ 'a/b/c.json': '1' });

    expect(snapshot.entry('a/b/c.json')).toMatchObject({ path: 'a/b/c.json', mode: '100644' });
    expect(['a', 'a/b', 'a/b/c.json/d', 'c.json', ''].map((path) => snapshot.entry(path))).toEqual(
      Array(5).fill(undefined),
    );
  });

  it('lists what begins with a prefix, in Git’s order', () => {
    const snapshot = snapshotWith({ 'jobs/b': '1', 'jobs/a/x': '2', 'jobs.json': '3', 'other/y': '4', jobs2: '5' });

    expect(paths(snapshot.list())).toEqual(['jobs.json', 'jobs/a/x', 'jobs/b', 'jobs2', 'other/y']);
    expect(paths(snapshot.list('jobs/'))).toEqual(['jobs/a/x', 'jobs/b']);
    expect(paths(snapshot.list('jobs/a/x'))).toEqual(['jobs/a/x']);
    expect(paths(snapshot.list('nothing/'))).toEqual([]);
  });

  it('reads what it lists', () => {
    const snapshot = snapshotWith({ 'a/b': 'content' });
    const [entry] = snapshot.list();

    expect(Buffer.from(snapshot.read(entry?.oid ?? '') ?? []).toString()).toBe('content');
    expect(snapshot.read('1'.repeat(40))).toBeUndefined();
  });

  it('forgets a folder with its last file', () => {
    const before = snapshotWith({ 'a/b/c': '1', 'a/d': '2' });

    expect(paths(edited(before, { 'a/b/c': null }).list())).toEqual(['a/d']);
    expect(edited(before, { 'a/b/c': null, 'a/d': null }).tree).toBe('4b825dc642cb6eb9a060e54bf8d69288fbee4904');
  });

  it('does not change when the bytes do that it was made of', () => {
    const content = Buffer.from('first');
    const { snapshot } = attempt([{ path: 'a', content }]);

    content.write('later');

    expect(Buffer.from(snapshot.read(snapshot.entry('a')?.oid ?? '') ?? []).toString()).toBe('first');
  });
});

describe('what changed', () => {
  it('is everything since nothing, and nothing since itself', () => {
    const snapshot = snapshotWith({ 'a/b': '1', c: '2' });

    expect([...snapshot.changesSince(undefined)].map((it) => it.path)).toEqual(['a/b', 'c']);
    expect([...snapshot.changesSince(snapshot)]).toEqual([]);
  });

  it('is a file that went and files that came, when a file becomes a folder', () => {
    const changes = [...snapshotWith({ 'a/b': '1' }).changesSince(snapshotWith({ a: '1' }))];

    expect(changes.map(({ path, before, after }) => [path, !!before, !!after])).toEqual([
      ['a', true, false],
      ['a/b', false, true],
    ]);
  });

  it('is what comparing all paths finds', () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const path = fc.tuple(name, name, fc.constantFrom('x', 'y', 'z')).map((names) => names.join('/'));
    const files = fc.dictionary(path, fc.constantFrom('1', '2'), { minKeys: 1 });
    fc.assert(
      fc.property(files, files, (older, newer) => {
        const [before, after] = [snapshotWith(older), snapshotWith(newer)];
        const all = [...new Set([...Object.keys(older), ...Object.keys(newer)])].sort();

        const found = [...after.changesSince(before)].map((it) => it.path).sort();

        expect(found).toEqual(all.filter((it) => older[it] !== newer[it]));
      }),
    );
  });
});

function snapshotWith(files: Readonly<Record<string, string>>): Snapshot {
  return attempt(Object.entries(files).map(([path, text]) => ({ path, content: Buffer.from(text) }))).snapshot;
}

function edited(base: Snapshot, files: Readonly<Record<string, null>>): Snapshot {
  return attempt(
    Object.keys(files).map((path) => ({ path, content: null })),
    base,
  ).snapshot;
}

function attempt(edits: { path: string; content: Uint8Array | null }[], base?: Snapshot) {
  return buildAttempt({ edits, message: 'm', author }, { base, history: 'kept', wallMs: 0, quick: () => undefined });
}

function paths(entries: Iterable<TreeEntry>): string[] {
  return [...entries].map((it) => it.path);
}
