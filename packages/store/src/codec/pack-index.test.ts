import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { bareRepository, git, temporaryFolder } from '../git.fixture.ts';
import { makeObject } from './object.ts';
import { packIndex } from './pack-index.ts';
import { readPack } from './pack-reader.ts';
import { writePack } from './pack-writer.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let repository: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  repository = await bareRepository(folder.path);
});
afterEach(() => folder.remove());

it.each([0, 1, 2, 1_000])('writes the very bytes that Git writes for %i objects', async (count) => {
  const blobs = Array.from({ length: count }, (_, index) => makeObject('blob', Buffer.from(`file ${index}`)));
  const pack = writePack(blobs);

  await git(['index-pack', '--stdin'], { cwd: repository, input: pack });
  const { places } = await readPack(pack);

  const packs = join(repository, 'objects', 'pack');
  const name = (await readdir(packs)).find((it) => it.endsWith('.idx')) ?? '';
  expect(packIndex(pack, places).equals(await readFile(join(packs, name)))).toBe(true);
});

it('fits packs with deltas, as Git writes them', async () => {
  const texts = Array.from({ length: 50 }, (_, index) => `${'much the same '.repeat(200)}${index}`);
  for (const input of texts) await git(['hash-object', '-w', '--stdin'], { cwd: repository, input });
  const names = `${await git(['cat-file', '--batch-all-objects', '--batch-check=%(objectname)'], { cwd: repository })}\n`;
  await git(['pack-objects', '--quiet', join(folder.path, 'packed')], { cwd: repository, input: names });
  const files = (await readdir(folder.path)).filter((it) => it.startsWith('packed')).sort();

  const [index, pack] = await Promise.all(
    ['.idx', '.pack'].map((end) => readFile(join(folder.path, files.find((it) => it.endsWith(end)) ?? ''))),
  );

  if (!index || !pack) throw new Error('Git wrote no pack');
  expect(pack.length).toBeLessThan(10_000);
  expect(packIndex(pack, (await readPack(pack)).places).equals(index)).toBe(true);
});
