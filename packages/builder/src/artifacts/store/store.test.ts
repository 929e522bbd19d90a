import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '@gityard/domain';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, writeFiles } from '../../specs/world.ts';
import { measureFolder } from '../measure-folder.ts';
import { writeSums } from '../write-sums.ts';
import { getArtifacts } from './get-artifacts.ts';
import { freeBytesAt, removeStored, storedBuilds, storedFolder } from './local-store.ts';

async function storeWith(job: string, files: Readonly<Record<string, string>>) {
  const root = temporaryFolder();
  const folder = storedFolder(root, job, 1);
  mkdirSync(folder, { recursive: true });
  writeFiles(folder, files);
  const { artifacts } = await measureFolder(folder);
  await writeSums(folder, artifacts);
  const manifest: Pick<Manifest, 'job' | 'token' | 'artifacts'> = { job, token: 1, artifacts: [...artifacts] };
  return { root, folder, manifest };
}

describe('the store of a machine', () => {
  it('tells what it holds, and leaves alone what is no build', async () => {
    const { root } = await storeWith('b1', { 'app.deb': 'deb', 'x/y': 'y' });
    writeFiles(root, { 'notes.txt': 'mine', 'Not A Job/1/x': '', 'b1/later/x': '' });

    expect(await storedBuilds(root)).toEqual([
      {
        job: 'b1',
        token: 1,
        storedAt: expect.stringMatching(/Z$/),
        files: [
          { path: 'app.deb', sizeBytes: 3 },
          { path: 'x/y', sizeBytes: 1 },
        ],
      },
    ]);
    expect(await storedBuilds(join(root, 'nowhere'))).toEqual([]);
    expect(await freeBytesAt(join(root, 'not', 'yet'))).toBeGreaterThan(0);
  });

  it('removes what is named, keeps the sums true for the rest, and goes with its last file', async () => {
    const { root, folder } = await storeWith('b1', { 'app.deb': 'deb', 'notes.txt': 'n' });
    const removal = { job: 'b1', token: 1, sizeBytes: 0, reason: '' };

    await removeStored(root, { ...removal, paths: ['app.deb'] });

    expect(existsSync(join(folder, 'app.deb'))).toBe(false);
    expect(execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: folder, encoding: 'utf8' })).toBe('notes.txt: OK\n');
    await removeStored(root, { ...removal, paths: ['notes.txt'] });
    expect(existsSync(join(root, 'b1'))).toBe(false);
  });

  it('removes nothing through a link or outside of its folder', async () => {
    const { root, folder } = await storeWith('b1', { 'app.deb': 'deb' });
    const elsewhere = temporaryFolder();
    writeFiles(elsewhere, { 'precious.txt': 'p' });
    symlinkSync(elsewhere, join(folder, 'link'));
    writeFileSync(join(root, 'precious.txt'), 'p');

    await removeStored(root, {
      job: 'b1',
      token: 1,
      paths: ['link/precious.txt', '../../precious.txt'],
      sizeBytes: 0,
      reason: '',
    });

    expect([existsSync(join(elsewhere, 'precious.txt')), existsSync(join(root, 'precious.txt'))]).toEqual([true, true]);
  });
});

describe('get-artifacts', () => {
  it('copies what the manifest names, and knows it again', async () => {
    const { folder, manifest } = await storeWith('b1', { 'app.deb': 'deb', 'x/y': 'y' });
    const to = join(temporaryFolder(), 'out');

    expect(await getArtifacts(manifest, { from: folder, to })).toEqual({ copied: ['app.deb', 'x/y'], kept: [] });
    expect(readFileSync(join(to, 'x/y'), 'utf8')).toBe('y');
    expect(await getArtifacts(manifest, { from: folder, to })).toEqual({ copied: [], kept: ['app.deb', 'x/y'] });
  });

  it('keeps no damaged copy, and goes on after one that was left behind half', async () => {
    const { folder, manifest } = await storeWith('b1', { 'app.deb': 'deb' });
    const to = temporaryFolder();
    writeFiles(to, { 'app.deb.part': 'half' });
    writeFileSync(join(folder, 'app.deb'), 'bed');

    await expect(getArtifacts(manifest, { from: folder, to })).rejects.toMatchObject({ code: 'INVALID_DATA' });
    expect(existsSync(join(to, 'app.deb'))).toBe(false);
    writeFileSync(join(folder, 'app.deb'), 'deb');
    expect((await getArtifacts(manifest, { from: folder, to })).copied).toEqual(['app.deb']);
  });

  it('writes over nothing, and nowhere else', async () => {
    const { folder, manifest } = await storeWith('b1', { 'a.txt': 'a', 'sub/b.txt': 'b' });
    const [occupied, linked, elsewhere] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
    writeFiles(occupied, { 'a.txt': 'mine' });
    symlinkSync(elsewhere, join(linked, 'sub'));
    const out = { ...manifest, artifacts: manifest.artifacts.map((it) => ({ ...it, path: `../${it.path}` })) };

    await expect(getArtifacts(manifest, { from: folder, to: occupied })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(getArtifacts(manifest, { from: folder, to: linked })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(getArtifacts(out, { from: folder, to: linked })).rejects.toMatchObject({ code: 'INVALID_DATA' });
    expect([readFileSync(join(occupied, 'a.txt'), 'utf8'), existsSync(join(elsewhere, 'b.txt'))]).toEqual([
      'mine',
      false,
    ]);
  });
});
