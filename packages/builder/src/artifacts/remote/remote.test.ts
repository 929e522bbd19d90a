import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, writeFiles } from '../../specs/world.ts';
import { folderStore } from '../../stores/folder-store.ts';
import type { ObjectStore } from '../../stores/object-store.ts';
import { measureFolder } from '../measure-folder.ts';
import { getArtifacts } from '../store/get-artifacts.ts';
import { remoteBuilds, removeRemote } from './remote-builds.ts';
import { uploadArtifacts } from './upload-artifacts.ts';
import { verifyPlaced } from './verify-placed.ts';

const FILES = {
  'app.bin': 'binary '.repeat(1_000),
  'log.txt': 'line\n'.repeat(5_000),
  'small.txt': 'x',
  'a.json': `[${'1,'.repeat(2_000)}1]`,
  'a.json.gz': 'taken',
};

async function built(files: Readonly<Record<string, string>> = FILES) {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  const { artifacts } = await measureFolder(folder);
  const root = temporaryFolder();
  const manifest = { job: 'b1', token: 2, artifacts: [...artifacts] };
  const upload = (store: ObjectStore) =>
    uploadArtifacts(store, manifest, {
      artifacts: artifacts.map((it) => ({ ...it, file: join(folder, it.path) })),
      temporary: join(root, 'uploads'),
    });
  return { root, store: folderStore(join(root, 'store')), manifest, upload };
}

describe('artifacts in a store', () => {
  it('come back as they were, texts packed on the way', async () => {
    const { root, store, manifest, upload } = await built();

    expect(await upload(store)).toEqual({ name: store.name, prefix: 'b1/2' });

    const there = join(root, 'store', 'b1', '2');
    expect(readdirSync(there)).toEqual(['a.json', 'a.json.gz', 'app.bin', 'log.txt.gz', 'small.txt']);
    expect(gunzipSync(readFileSync(join(there, 'log.txt.gz'))).toString()).toBe(FILES['log.txt']);
    const to = join(root, 'out');
    const got = await getArtifacts({ ...manifest, store: { name: store.name, prefix: 'b1/2' } }, { from: store, to });
    expect(got.copied).toEqual(Object.keys(FILES).sort());
    for (const [path, text] of Object.entries(FILES)) expect(readFileSync(join(to, path), 'utf8')).toBe(text);
    expect(readdirSync(to)).toHaveLength(5);
    expect(readdirSync(join(root, 'uploads'))).toEqual([]);
  });

  it('are sent once: what is there is not sent again', async () => {
    const { store, upload } = await built();
    await upload(store);
    let puts = 0;
    const counting: ObjectStore = { ...store, put: async () => void puts++ };

    await upload(counting);

    expect(puts).toBe(0);
  });

  it('go on where an interrupted copy stopped, and begin anew when that was another file', async () => {
    const { root, store, manifest, upload } = await built({ 'app.bin': 'binary '.repeat(1_000) });
    await upload(store);
    for (const begun of ['binary binary', 'something else']) {
      const to = join(root, begun);
      mkdirSync(to);
      writeFileSync(join(to, 'app.bin.part'), begun);

      await getArtifacts(manifest, { from: store, to });

      expect(readFileSync(join(to, 'app.bin'), 'utf8')).toBe('binary '.repeat(1_000));
      expect(readdirSync(to)).toEqual(['app.bin']);
    }
  });

  it.each(['app.bin', 'log.txt'])('are not kept when %s is damaged there, or gone', async (path) => {
    const { root, store, manifest, upload } = await built({ [path]: `${path}\n`.repeat(1_000) });
    await upload(store);
    const [name = ''] = readdirSync(join(root, 'store', 'b1', '2'));
    const stored = join(root, 'store', 'b1', '2', name);
    truncateSync(stored, 20);

    await expect(getArtifacts(manifest, { from: store, to: join(root, 'out') })).rejects.toMatchObject({
      code: 'INVALID_DATA',
    });
    expect(existsSync(join(root, 'out', path))).toBe(false);
    await store.remove(`b1/2/${name}`);
    await expect(getArtifacts(manifest, { from: store, to: join(root, 'out') })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('are verified where they lie, packed or not', async () => {
    const { root, store, manifest, upload } = await built();
    const place = await upload(store);
    const temporary = join(root, 'temporary');
    mkdirSync(temporary);
    const placed = { ...manifest, store: place };
    expect(await verifyPlaced(store, placed, temporary)).toEqual({ ok: true, verified: 5, differences: [] });
    const there = join(root, 'store', 'b1', '2');
    truncateSync(join(there, 'log.txt.gz'), 20);
    writeFiles(there, { 'app.bin': 'BINARY '.repeat(1_000), 'other.txt': 'x' });
    await store.remove('b1/2/small.txt');

    const { ok, verified, differences } = await verifyPlaced(store, placed, temporary);

    expect([ok, verified]).toEqual([false, 2]);
    expect(differences.map((it) => `${it.what} ${it.path}`)).toEqual([
      'checksum app.bin',
      'size log.txt',
      'missing small.txt',
      'extra other.txt',
    ]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('are known as builds by their keys, and removed; what is nobody’s stays', async () => {
    const { root, store, upload } = await built({ 'app.bin': 'b', 'sub/x.txt': 'x' });
    await upload(store);
    writeFiles(join(root, 'store'), { 'notes.txt': 'mine', 'Not A Job/1/x': '', 'b9/later/x': '' });

    const builds = await remoteBuilds(store);

    expect(builds).toEqual([
      {
        job: 'b1',
        token: 2,
        storedAt: expect.stringMatching(/Z$/),
        files: expect.arrayContaining([
          { path: 'app.bin', sizeBytes: 1 },
          { path: 'sub/x.txt', sizeBytes: 1 },
        ]),
      },
    ]);
    for (const { job, token, files } of builds)
      await removeRemote(store, { job, token, paths: files.map((it) => it.path), sizeBytes: 0, reason: '' });
    expect(await remoteBuilds(store)).toEqual([]);
    expect(existsSync(join(root, 'store', 'notes.txt'))).toBe(true);
    expect(existsSync(join(root, 'store', 'b1'))).toBe(false);
  });
});
