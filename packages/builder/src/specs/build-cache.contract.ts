/** What everything that remembers outputs must do (`cache/build-cache.ts`). Each member's spec calls it with a way to make one. */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BuildCache, CacheEntry } from '../cache/build-cache.ts';
import { temporaryFolder, writeFiles } from './world.ts';

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');
const large = 'large '.repeat(20_000);

/** Files that a build made, and the entry that tells of them. */
export function output(files: Readonly<Record<string, string>> = OUTPUT, part: Partial<CacheEntry> = {}) {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  const listed = Object.entries(files).map(([path, text]) => ({
    path,
    sizeBytes: Buffer.byteLength(text),
    sha256: digestOf(text),
    executable: text.startsWith('#!'),
  }));
  const entry: CacheEntry = {
    project: 'lib',
    inputs: { sources: digestOf('s') },
    files: listed,
    tests: { total: 3, passed: 3, failed: 0, skipped: 0 },
    seconds: 12,
    createdAt: new Date().toISOString(),
    by: { agent: 'build1', branch: 'main', commit: null },
    ...part,
  };
  return { folder, entry };
}

const OUTPUT = { 'lib/bin/lib.dll': large, 'lib/bin/run': '#!/bin/sh\n', 'lib/obj/a b.cache': '' };
const KEY = 'build:cache:lib:c0ffee:0123456789abcdef';

export function buildCacheContract(name: string, make: () => BuildCache): void {
  describe(`${name} as a cache of builds`, () => {
    it('gives back what was kept, with its rights, and newer than what it was made of', async () => {
      const { folder, entry } = output();
      expect(await make().keep({ scope: 'r1', key: KEY, entry, folder })).toBe(true);
      const to = temporaryFolder();
      writeFiles(to, { 'lib/lib.cs': 'source' });
      utimesSync(join(to, 'lib', 'lib.cs'), new Date(), new Date());

      const found = await make().find('r1', KEY);

      expect(found).toEqual(entry);
      expect(await make().restore(entry, to)).toBe(true);
      expect(readFileSync(join(to, 'lib/bin/lib.dll'), 'utf8')).toBe(large);
      const times = entry.files.map(({ path }) => statSync(join(to, path)).mtimeMs);
      expect(new Set(times).size).toBe(1);
      expect(times[0]).toBeGreaterThanOrEqual(statSync(join(to, 'lib/lib.cs')).mtimeMs);
      expect(entry.files.map(({ path }) => (statSync(join(to, path)).mode & 0o111) !== 0)).toEqual([
        false,
        true,
        false,
      ]);
    });

    it('keeps scopes apart, and knows the newest of a project', async () => {
      const { folder, entry } = output();
      await make().keep({ scope: 'r2', key: 'k1', entry, folder });
      const next = { ...entry, inputs: { sources: digestOf('other') } };
      await make().keep({ scope: 'r2', key: 'k2', entry: next, folder });

      expect(await make().latest('r2', 'lib')).toEqual(next);
      expect(await make().find('r2', 'k1')).toEqual(entry);
      expect(await make().find('other', 'k1')).toBeNull();
      expect(await make().latest('other', 'lib')).toBeNull();
      expect(await make().latest('r2', 'none')).toBeNull();
      expect(await make().find('r2', '../../k1')).toBeNull();
    });

    it('forgets after a week', async () => {
      const { folder, entry } = output(OUTPUT, { createdAt: new Date(Date.now() - 8 * 86_400_000).toISOString() });
      await make().keep({ scope: 'r3', key: 'old', entry, folder });

      expect(await make().find('r3', 'old')).toBeNull();
    });

    it.each([
      ['a file that is missing', { 'a.txt': 'a' }, { path: 'b.txt' }],
      ['a file that changed since it was hashed', { 'a.txt': 'a' }, { sha256: digestOf('b') }],
      ['a path that leads out', { 'a.txt': 'a' }, { path: '../a.txt' }],
      ['a repository', { '.git/config': 'a' }, { path: '.git/config' }],
    ])('keeps nothing with %s', async (_, files, odd) => {
      const { folder, entry } = output(files);
      const wrong = { ...entry, files: entry.files.map((it) => ({ ...it, ...odd })) };

      expect(await make().keep({ scope: 'r4', key: 'wrong', entry: wrong, folder })).toBe(false);
      expect(await make().find('r4', 'wrong')).toBeNull();
    });

    it('puts all files of an entry in place, or none', async () => {
      const { folder, entry } = output({ 'a.txt': 'there', 'b.txt': 'there too' });
      await make().keep({ scope: 'r5', key: 'half', entry, folder });
      const gone = { path: 'c.txt', sizeBytes: 4, sha256: digestOf('gone'), executable: false };
      const to = temporaryFolder();

      expect(await make().restore({ ...entry, files: [...entry.files, gone] }, to)).toBe(false);
      expect(['a.txt', 'b.txt', 'c.txt'].filter((it) => existsSync(join(to, it)))).toEqual([]);
    });

    it('writes through no link that a build left', async () => {
      const { folder, entry } = output({ 'bin/a.txt': 'cached', 'b.txt': 'cached' });
      await make().keep({ scope: 'r6', key: 'links', entry, folder });
      const [to, elsewhere] = [temporaryFolder(), temporaryFolder()];
      writeFiles(elsewhere, { 'b.txt': 'precious' });
      symlinkSync(elsewhere, join(to, 'bin'));
      symlinkSync(join(elsewhere, 'b.txt'), join(to, 'b.txt'));

      expect(await make().restore(entry, to)).toBe(false);
      expect(existsSync(join(elsewhere, 'a.txt'))).toBe(false);
      const file = entry.files.filter(({ path }) => path === 'b.txt');
      expect(await make().restore({ ...entry, files: file }, to)).toBe(true);
      expect([lstatSync(join(to, 'b.txt')).isFile(), readFileSync(join(elsewhere, 'b.txt'), 'utf8')]).toEqual([
        true,
        'precious',
      ]);
    });
  });
}
