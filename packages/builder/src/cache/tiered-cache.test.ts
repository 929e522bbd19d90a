/** Against a real Redis, and a folder as the store for what is large. */

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createClient } from '@redis/client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildCacheContract, output } from '../specs/build-cache.contract.ts';
import { type CuttingProxy, startCuttingProxy } from '../specs/cutting-proxy.ts';
import { whyMissing } from '../specs/programs.ts';
import { REDIS_PROGRAM, type Redis, startRedis } from '../specs/redis.ts';
import { temporaryFolder } from '../specs/world.ts';
import { folderStore } from '../stores/folder-store.ts';
import { accessTo } from './access-to.ts';
import { FolderCache } from './folder-cache.ts';
import { guardedTier } from './guarded-tier.ts';
import { redisTier } from './redis-tier.ts';
import { storeTier } from './store-tier.ts';
import { cacheFiles } from './sweep-folder.ts';
import type { CacheTier } from './tier.ts';
import { tieredCache } from './tiered-cache.ts';

const BUDGET = 1 << 30;
const told: string[] = [];
beforeEach(() => {
  told.length = 0;
});
const onTrouble = (text: string) => void told.push(text);
const opened: CacheTier[] = [];

function cacheAt(
  folder: string,
  { budgetBytes = BUDGET, far = [] as CacheTier[], patienceMs = 60_000, restMs = 50 } = {},
) {
  const near = new FolderCache(folder, { budgetBytes });
  opened.push(...far);
  return tieredCache({ near, far: far.map((it) => guardedTier(it, { onTrouble, patienceMs, restMs })), onTrouble });
}
/** Patient, as its guard is here: a machine that stands still for some seconds is not what these are about. */
const redisAt = (url: string) => redisTier(url, { connectMs: 60_000 });
const storeAt = (folder: string) => storeTier(folderStore(folder), async () => join(temporaryFolder(), 'part'));

async function blobsIn(folder: string) {
  const found: { path: string; sizeBytes: number }[] = [];
  for await (const it of cacheFiles(folder, ['blobs'])) found.push(it);
  return found;
}

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
buildCacheContract('a folder', () => cacheAt(folder));
buildCacheContract('an empty folder before a store', () => {
  const far = [storeAt(join(folder, 'store'))];
  return cacheAt(join(folder, randomBytes(4).toString('hex')), { far });
});

describe('the folder of a cache', () => {
  it('is told a flipped byte, restores nothing of it, and heals with the next build', async () => {
    const { folder: built, entry } = output({ 'a.dll': 'binary', 'b.dll': 'other' });
    const put = { scope: 'r', key: 'k', entry, folder: built };
    await cacheAt(folder).keep(put);
    const [blob] = await blobsIn(folder);
    writeFileSync(blob?.path ?? '', 'x'.repeat(blob?.sizeBytes ?? 0));
    const to = temporaryFolder();

    expect(await cacheAt(folder).restore(entry, to)).toBe(false);

    expect(readdirSync(to)).toEqual([]);
    expect(told).toEqual([expect.stringMatching(/is damaged, and was dropped$/)]);
    await cacheAt(folder).keep(put);
    expect(await cacheAt(folder).restore(entry, to)).toBe(true);
  });

  it('is told an entry that somebody changed, and takes it for a miss', async () => {
    const { folder: built, entry } = output({ 'a.dll': 'binary' });
    await cacheAt(folder).keep({ scope: 'r', key: 'k', entry, folder: built });
    for await (const { path } of cacheFiles(folder, ['entry']))
      writeFileSync(path, readFileSync(path, 'utf8').replace('a.dll', 'evil'));

    expect(await cacheAt(folder).find('r', 'k')).toBeNull();
    expect(told).toEqual([expect.stringContaining('is damaged')]);
    expect(await cacheAt(folder).find('r', 'k')).toBeNull();
    expect(told).toHaveLength(1);
  });

  it('stays within its budget, and what was used last stays', async () => {
    const sizes = { budgetBytes: 100_000 };
    const cache = cacheAt(folder, sizes);
    const files = (at: number) => ({ [`${at}.bin`]: `${at} `.repeat(5_000) });
    const puts = Array.from({ length: 20 }, (_, at) => ({ scope: 'r', key: `k${at}`, ...output(files(at)) }));
    for (const put of puts) {
      await cache.keep(put);
      // The first is used again and again.
      await cache.restore(puts[0]?.entry ?? put.entry, temporaryFolder());
      const bytes = (await blobsIn(folder)).reduce((sum, it) => sum + it.sizeBytes, 0);
      expect(bytes).toBeLessThanOrEqual(100_000);
    }

    const kept: boolean[] = [];
    for (const { entry } of puts) kept.push(await cache.restore(entry, temporaryFolder()));
    expect([kept.at(0), kept.at(1), kept.at(-1)]).toEqual([true, false, true]);
    expect(await cache.keep({ scope: 'r', key: 'big', ...output({ big: 'x'.repeat(200_000) }) })).toBe(false);
  });

  it('is shared by processes that keep, restore and make room at the same time', async () => {
    const program = fileURLToPath(new URL('../specs/share-cache.ts', import.meta.url));
    const run = promisify(execFile);
    const runs = [1, 2, 3].map((it) => run(process.execPath, ['--import', 'tsx', program, folder, String(it)]));

    const ends = await Promise.all(runs);

    const all = ends.map(({ stdout }) => JSON.parse(stdout) as { restored: number; missed: number; wrong: number });
    expect(all.map((it) => [it.wrong, it.restored + it.missed])).toEqual(Array.from({ length: 3 }, () => [0, 60]));
    expect(all.reduce((sum, it) => sum + it.restored, 0)).toBeGreaterThan(0);
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  });

  it('keeps only what a trusted ref brings, in its own scope', async () => {
    const cache = cacheAt(folder);
    const { folder: built, entry } = output({ a: 'a' });
    const untrusted = accessTo(cache, { scope: 'r', mayWrite: false });
    const trusted = accessTo(cache, { scope: 'r', mayWrite: true });

    expect(await untrusted.cache.keep({ scope: 'r', key: 'k', entry, folder: built })).toBe(false);
    expect(await trusted.cache.keep({ scope: 'other', key: 'k', entry, folder: built })).toBe(false);
    expect(await trusted.cache.keep({ scope: 'r', key: 'k', entry, folder: built })).toBe(true);
    expect(await untrusted.cache.find('r', 'k')).toEqual(entry);
    expect(await untrusted.cache.find('other', 'k')).toBeNull();
  });
});

const missing = whyMissing([REDIS_PROGRAM]);
describe.skipIf(missing)(`Redis, for real${missing ? `: ${missing}` : ''}`, () => {
  const place = mkdtempSync(join(tmpdir(), 'gityard-redis-'));
  let redis: Redis;
  let proxy: CuttingProxy;
  beforeAll(async () => {
    redis = await startRedis(place);
    proxy = await startCuttingProxy(redis.port);
  });
  afterAll(async () => {
    await Promise.all(opened.map((it) => it.close()));
    await proxy.stop();
    await redis.stop();
    rmSync(place, { recursive: true, force: true });
  });

  // Each with an empty folder: what one agent kept, another finds.
  const agent = () => {
    const far = [redisAt(redis.url), storeAt(join(folder, 'store'))];
    return cacheAt(join(folder, randomBytes(4).toString('hex')), { far });
  };
  buildCacheContract('Redis before a store', agent);

  const clientOf = () => createClient({ url: redis.url });
  const withRedis = async <T>(act: (client: ReturnType<typeof clientOf>) => Promise<T>): Promise<T> => {
    const client = clientOf();
    await client.connect();
    try {
      return await act(client);
    } finally {
      client.destroy();
    }
  };

  it('holds entries and small outputs for a week, packed, and leaves large ones to the store', async () => {
    const { folder: built, entry } = output({
      'small.txt': 'small '.repeat(1_000),
      'large.bin': 'large '.repeat(20_000),
    });
    await withRedis((it) => it.flushAll());
    await agent().keep({ scope: 'r', key: 'build:cache:lib:c:i', entry, folder: built });

    await withRedis(async (client) => {
      const keys = (await client.keys('*')).map((it) => it.replace(/[0-9a-f]{32,64}/g, '…')).sort();
      expect(keys).toEqual(['build:cache:blob:…', 'build:cache:entry:…:build:cache:lib:c:i', 'build:cache:latest:…:…']);
      for (const key of await client.keys('*')) expect(await client.ttl(key)).toBeGreaterThan(7 * 86_400 - 100);
      expect(await client.strLen((await client.keys('*blob*'))[0] ?? '')).toBeLessThan(200);
    });
    expect(readdirSync(join(folder, 'store', 'build-cache', 'blobs'))).toHaveLength(1);
  });

  it('with a flipped byte is a miss that is told, and is healed', async () => {
    const { folder: built, entry } = output({ 'a.txt': 'a '.repeat(500) });
    const put = { scope: 'flipped', key: 'k', entry, folder: built };
    await withRedis((it) => it.flushAll());
    await agent().keep(put);
    await withRedis(async (client) => {
      const [key = ''] = await client.keys('*blob*');
      await client.setRange(key, 14, '\u0001\u0002');
    });

    expect(await agent().restore(entry, temporaryFolder())).toBe(false);
    expect(told).toEqual([expect.stringMatching(/in the cache redis .* is damaged, and was dropped$/)]);
    await agent().keep(put);
    expect(await agent().restore(entry, temporaryFolder())).toBe(true);

    await withRedis(async (client) => {
      const [key = ''] = await client.keys('*entry*');
      await client.setRange(key, 20, '\u0001\u0002');
    });
    rmSync(join(folder, 'store'), { recursive: true });
    expect(await agent().find('flipped', 'k')).toBeNull();
    expect(told.at(-1)).toMatch(/^an entry of the cache redis .* is damaged/);
  });

  it('that dies in the middle or is away is told once, and serves again', async () => {
    const shaky = () => {
      const far = [redisAt(`redis://127.0.0.1:${proxy.port}`)];
      return cacheAt(join(folder, randomBytes(4).toString('hex')), { far });
    };
    const { folder: built, entry } = output({ 'a.txt': 'a', 'b.txt': randomBytes(20_000).toString('hex') });
    const put = { scope: 'shaky', key: 'k', entry, folder: built };
    const cache = shaky();
    proxy.cutAfter(1_000);

    expect(await cache.keep(put)).toBe(true);
    expect(await cache.find('shaky', 'k')).toEqual(entry);
    for (let times = 0; times < 5; times++) expect(await cache.find('shaky', 'none')).toBeNull();
    expect(told).toEqual([expect.stringContaining('is left out for a while')]);

    proxy.mend();
    await expect.poll(async () => (await cache.keep(put)) && (await shaky().find('shaky', 'k'))).toEqual(entry);
  });

  it('that never answers costs a bounded time, and is left out as well', async () => {
    const silent: CacheTier = { ...redisAt(redis.url), name: 'silent', read: () => new Promise(() => undefined) };
    const cache = cacheAt(folder, { far: [silent], patienceMs: 50, restMs: 60_000 });

    for (let times = 0; times < 20; times++) expect(await cache.find('r', `none${times}`)).toBeNull();

    expect(told).toEqual(['the cache silent is left out for a while: no answer within 0.1 s']);
  });

  it('with a wrong password is told without it', async () => {
    const url = redis.url.replace('redis://', 'redis://someone:hidden-word@');
    const cache = cacheAt(folder, { far: [redisAt(url)] });

    expect(await cache.find('r', 'k')).toBeNull();
    expect(told.join()).toMatch(/^the cache redis 127.0.0.1:\d+ is left out/);
    expect(told.join()).not.toContain('hidden-word');
    expect(existsSync(join(folder, 'entry'))).toBe(false);
  });
});
