import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { output } from '../specs/build-cache.contract.ts';
import { temporaryFolder } from '../specs/world.ts';
import { FolderCache } from './folder-cache.ts';
import { cacheFacts, clearCache, verifyCache } from './look-through.ts';
import { tieredCache } from './tiered-cache.ts';

async function aCache() {
  const folder = temporaryFolder();
  const near = new FolderCache(folder, { budgetBytes: 1 << 30 });
  const cache = tieredCache({ near, far: [], onTrouble: () => undefined });
  const [shared, own] = [{ 'a.txt': 'shared' }, { 'a.txt': 'shared', 'b.txt': 'own' }];
  await cache.keep({ scope: 'https://one', key: 'k1', ...output(shared) });
  await cache.keep({ scope: 'https://two', key: 'k1', ...output(own) });
  await cache.keep({ scope: 'https://two', key: 'k2', ...output(own) });
  return { folder, cache };
}

it('tells what is in a cache, and whose', async () => {
  const { folder } = await aCache();

  expect(await cacheFacts(folder)).toMatchObject({
    entries: 3,
    blobs: 2,
    scopes: [
      { scope: 'https://two', entries: 2 },
      { scope: 'https://one', entries: 1 },
    ],
  });
  expect(await cacheFacts(join(folder, 'nowhere'))).toMatchObject({ entries: 0, sizeBytes: 0 });
});

it('finds a flipped byte, and can remove what is damaged', async () => {
  const { folder } = await aCache();
  expect(await verifyCache(folder)).toEqual({ verified: 5, damaged: [] });
  const { createHash } = await import('node:crypto');
  const sha256 = createHash('sha256').update('own').digest('hex');
  writeFileSync(join(folder, 'blobs', sha256.slice(0, 2), sha256), 'owm');

  const damaged = [`blobs/${sha256.slice(0, 2)}/${sha256}`];
  expect(await verifyCache(folder)).toEqual({ verified: 5, damaged });
  expect(await verifyCache(folder, (path) => rm(path))).toEqual({ verified: 5, damaged });
  expect(await verifyCache(folder)).toEqual({ verified: 4, damaged: [] });
});

it('clears one scope with the bytes that no other needs, or everything', async () => {
  const { folder, cache } = await aCache();

  const foretold = await clearCache(folder, { scope: 'https://two', dryRun: true });
  expect(await cacheFacts(folder)).toMatchObject({ entries: 3 });
  expect(await clearCache(folder, { scope: 'https://two', dryRun: false })).toEqual(foretold);

  expect(await cacheFacts(folder)).toMatchObject({ entries: 1, blobs: 1, scopes: [{ scope: 'https://one' }] });
  expect(await cache.find('https://two', 'k1')).toBeNull();
  expect(await cache.restore(output({ 'a.txt': 'shared' }).entry, temporaryFolder())).toBe(true);
  await clearCache(folder, { scope: undefined, dryRun: false });
  expect(await cacheFacts(folder)).toMatchObject({ entries: 0, blobs: 0, sizeBytes: 0 });
});
