import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CacheAccess } from '../cache/build-cache.ts';
import { openCache } from '../cache/open-cache.ts';
import { PARTS } from '../specs/parts.ts';
import { strategyWorld } from '../specs/strategy-world.ts';
import { type Files, temporaryFolder } from '../specs/world.ts';

async function cachedWorld(files: Files = PARTS) {
  const buildFolder = temporaryFolder();
  const cache = await openCache({}, { buildFolder, env: {}, onTrouble: () => undefined });
  const access: CacheAccess = { cache, scope: 'a'.repeat(64), mayWrite: true };
  const { origin, build } = strategyWorld({ cache: access }, files);
  const built = (part: Parameters<typeof build>[0] = {}, more: Parameters<typeof build>[1] = {}) =>
    build({ strategy: 'Cached', ...part }, more);
  return { origin, access, built, folder: join(buildFolder, 'cache') };
}

const ALL = ['core', 'text', 'app', 'site'];

describe('cached', () => {
  it('builds what the cache lacks and says why, takes the rest, and knows results of tests', async () => {
    const { origin, built } = await cachedWorld();

    const first = await built();
    const second = await built();
    origin.commit({ 'app/source.txt': 'other\n' });
    const third = await built();

    expect(first).toMatchObject({ made: ALL, tested: ['core', 'app'], cache: { hits: 0, misses: 4 } });
    expect(first.log).toContain('[gityard] core: built, because no entry yet');
    expect(second).toMatchObject({ status: 'succeeded', made: [], tested: [], cache: { hits: 4, misses: 0 } });
    expect(second.built).toBe('4 of 4 projects taken from the cache, 0 built; the tests of 2 need not run again');
    expect(second.skipped).toEqual(['Restore', 'Build', 'Test', 'Package']);
    expect(second.tests).toEqual(first.tests);
    expect(second.artifacts).toEqual(first.artifacts);
    expect(third).toMatchObject({ made: ['app'], tested: ['app'], cache: { hits: 3, misses: 1 } });
    expect(third.log).toContain('[gityard] app: built, because source app/source.txt changed');
    expect(third.tests).toMatchObject({ total: 2, passed: 2 });
  });

  it('builds what needs something that changed, and names that', async () => {
    const { origin, built } = await cachedWorld();
    await built();
    origin.commit({ 'core/source.txt': 'other\n' });

    const { made, log } = await built();

    expect(made).toEqual(['core', 'app']);
    expect(log).toContain('[gityard] app: built, because dependency core changed');
  });

  it('packs what came from the cache as well', async () => {
    const { built } = await cachedWorld();
    const parameters = { createPackages: 'true' };
    const first = await built({ parameters });

    const second = await built({ parameters });

    expect(second.made).toEqual([]);
    expect(second.artifacts).toEqual(first.artifacts);
    expect(second.artifacts.filter((path) => path.endsWith('.pack'))).toHaveLength(4);
  });

  it('keeps outputs of a build whose tests failed, and runs these tests again', async () => {
    const { origin, built } = await cachedWorld();
    origin.commit({ 'core/source.txt': 'bad\n', 'core/packages.lock.json': '1\n' });

    const failed = await built();
    const again = await built();

    // The tests of one project failing is no reason not to hear of the others.
    expect(failed).toMatchObject({ status: 'failed', tested: ['core', 'app'], tests: { total: 2, failed: 2 } });
    expect(again).toMatchObject({ status: 'failed', made: [], tested: ['core', 'app'] });
  });

  it('gives nothing where it may only read, and takes nothing where the job wants no cache', async () => {
    const { access, built } = await cachedWorld();

    const untrusted = await built({}, { cache: { ...access, mayWrite: false } });
    const trusted = await built();
    const without = await built({ noCache: true });
    const reader = await built({}, { cache: { ...access, mayWrite: false } });

    expect(untrusted.log).toContain('nothing was put into the cache: only builds of a trusted branch write there');
    expect(trusted.cache).toEqual({ hits: 0, misses: 4 });
    expect(without).toMatchObject({
      made: ALL,
      cache: null,
      built: 'all 4 projects built: the job wants nothing from a cache',
    });
    expect(reader.cache).toEqual({ hits: 4, misses: 0 });
  });

  it('finds nothing that another repository put there', async () => {
    const { access, built } = await cachedWorld();
    await built();

    expect((await built({}, { cache: { ...access, scope: 'b'.repeat(64) } })).cache).toEqual({ hits: 0, misses: 4 });
  });

  it('builds what is damaged in the cache, and tells of it', async () => {
    const { built, folder } = await cachedWorld();
    await built();
    const blobs = readdirSync(join(folder, 'blobs'), { recursive: true, withFileTypes: true }).filter((it) =>
      it.isFile(),
    );
    for (const { parentPath, name } of blobs) {
      rmSync(join(parentPath, name));
      writeFileSync(join(parentPath, name), 'poison');
    }

    const { status, made, log, artifacts } = await built();

    expect(status).toBe('succeeded');
    expect(made).toEqual(ALL);
    expect(log).toContain('is damaged, and was not taken');
    expect(artifacts).toContain('core/dist/core.zip');
  });

  it('goes on when the cache throws whatever it is asked', async () => {
    const { access, built } = await cachedWorld();
    const broken = () => Promise.reject(new Error('away'));
    const cache = { find: broken, latest: broken, restore: broken, keep: broken };

    const { status, made, log } = await built({}, { cache: { ...access, cache } });

    expect(status).toBe('succeeded');
    expect(made).toEqual(ALL);
    expect(log).toContain('the cache could not be asked: away');
  });

  it('writes nothing outside of what a project makes, whatever an entry says', async () => {
    const { access, built, origin } = await cachedWorld();
    await built();
    const { cache, scope } = access;
    const sly: CacheAccess['cache'] = {
      ...{
        find: (a, b) =>
          cache
            .find(a, b)
            .then((it) => it && { ...it, files: it.files.map((file) => ({ ...file, path: 'text/source.txt' })) }),
      },
      latest: (a, b) => cache.latest(a, b),
      restore: (entry, folder) => cache.restore(entry, folder),
      keep: async () => true,
    };
    origin.commit({ 'README.md': 'x' });

    const { cache: use, made } = await built({}, { cache: { ...access, scope, cache: sly } });

    expect(use).toEqual({ hits: 0, misses: 4 });
    expect(made).toEqual(ALL);
  });

  it('as a part of a distributed build goes over its projects, and what these need', async () => {
    const { built } = await cachedWorld();
    const part = (projects: string[]) => ({ part: { kind: 'part' as const, wave: 0, projects } });

    const first = await built(part(['core']));
    const second = await built(part(['app', 'text']));
    const unknown = await built(part(['gone']));

    expect(first).toMatchObject({ made: ['core'], tested: ['core'], cache: { hits: 0, misses: 1 } });
    expect(second).toMatchObject({ made: ['text', 'app'], tested: ['app'], cache: { hits: 1, misses: 2 } });
    expect(unknown).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('the commit has no project gone'),
    });
  });

  it('takes a whole by what its recipe names', async () => {
    const recipe = `stages:
  build: [sh, -c, "echo made all; mkdir -p out; cat in.txt > out/it"]
  test: [sh, -c, "echo tested all; echo '1..1'; echo 'ok 1'"]
artifacts: [out]
cache: { inputs: [in.txt], outputs: [out] }
`;
    const { origin, built } = await cachedWorld({ 'in.txt': '1', 'README.md': '1', 'gityard.yml': recipe });

    const first = await built();
    origin.commit({ 'README.md': '2' });
    const second = await built();
    origin.commit({ 'in.txt': '2' });
    const third = await built();

    expect(first).toMatchObject({
      made: ['all'],
      tested: ['all'],
      artifacts: ['out/it'],
      cache: { hits: 0, misses: 1 },
    });
    expect(second).toMatchObject({ made: [], tested: [], artifacts: ['out/it'], cache: { hits: 1, misses: 0 } });
    expect(third).toMatchObject({ made: ['all'], tested: ['all'] });
    expect(third.log).toContain('all: built, because source in.txt changed');
  });

  it('is Incremental on an agent without a cache, and says so', async () => {
    const { build } = strategyWorld();

    const { built } = await build({ strategy: 'Cached' });

    expect(built).toBe(
      'all 4 projects built: nothing was kept of this branch (built by Incremental, because this agent has no cache)',
    );
  });
});
