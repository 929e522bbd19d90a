import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aFile, keysOf, objectStoreContract } from '../specs/object-store.contract.ts';
import { temporaryFolder } from '../specs/world.ts';
import { folderStore } from './folder-store.ts';

let shared: string | null = null;
objectStoreContract('a folder', () => {
  shared ??= temporaryFolder();
  onTestFinished(() => {
    shared = null;
  });
  return folderStore(join(shared, 'store'));
});

describe('a folder', () => {
  it('goes on with the part that is there, and begins anew where it is another beginning', async () => {
    const root = temporaryFolder();
    const bytes = Buffer.alloc(3_000_000, 'abc');
    const { file, facts, to } = aFile(bytes);
    const part = join(root, `big.${facts.sha256.slice(0, 12)}.gityard-part`);
    for (const begun of [bytes.subarray(0, 2_000_000), Buffer.alloc(2_000_000, 'x')]) {
      writeFileSync(part, begun);
      await folderStore(root).put('big', file, facts);

      await folderStore(root).get('big', `${to}${begun[0]}`);
      const digest = createHash('sha256').update(readFileSync(`${to}${begun[0]}`));
      expect(digest.digest('hex')).toBe(facts.sha256);
    }
    expect(readdirSync(root)).toEqual(['big']);
  });

  it('takes the same bytes from several who bring them at the same time', async () => {
    const root = temporaryFolder();
    const bytes = Buffer.alloc(3_000_000, 'abc');
    const { file, facts, to } = aFile(bytes);

    await Promise.all([1, 2, 3].map(() => folderStore(root).put('big', file, facts)));

    await folderStore(root).get('big', to);
    expect(readFileSync(to).equals(bytes)).toBe(true);
    expect(readdirSync(root)).toEqual(['big']);
  });

  it('follows no link that lies in it', async () => {
    const [root, elsewhere] = [temporaryFolder(), temporaryFolder()];
    writeFileSync(join(elsewhere, 'precious'), 'p');
    symlinkSync(elsewhere, join(root, 'out'));
    symlinkSync(join(elsewhere, 'precious'), join(root, 'file'));
    const { file, facts, to } = aFile('x');
    const store = folderStore(root);

    await expect(store.put('out/new', file, facts)).rejects.toMatchObject({ code: 'INVALID_DATA' });
    await expect(store.remove('out/precious')).rejects.toMatchObject({ code: 'INVALID_DATA' });
    expect(await store.get('file', to)).toBe(false);
    expect(await keysOf(store, '')).toEqual([]);
    expect(readdirSync(elsewhere)).toEqual(['precious']);
  });

  it('says what is wrong with a place that cannot be used', async () => {
    const root = join(temporaryFolder(), 'file');
    writeFileSync(root, '');
    const { file, facts } = aFile('x');

    await expect(folderStore(root).put('a/b', file, facts)).rejects.toMatchObject({ code: 'REMOTE_UNREACHABLE' });
  });

  it('drops what was begun long ago, and nothing else', async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'a'));
    for (const name of ['old', 'new']) writeFileSync(join(root, 'a', `${name}.0123456789ab.gityard-part`), 'x');
    writeFileSync(join(root, 'a', 'kept'), 'x');
    utimesSync(join(root, 'a', 'old.0123456789ab.gityard-part'), 1, 1);

    expect(await folderStore(root).dropUnfinished(new Date('2020-01-01'))).toBe(1);
    expect(existsSync(join(root, 'a', 'new.0123456789ab.gityard-part'))).toBe(true);
    expect(await keysOf(folderStore(root), '')).toEqual(['a/kept']);
  });
});
