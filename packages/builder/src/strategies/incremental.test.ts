import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PARTS } from '../specs/parts.ts';
import { strategyWorld } from '../specs/strategy-world.ts';

describe('incremental', () => {
  it('builds and tests what a change concerns, restores only for packages, and nothing when nothing changed', async () => {
    const { origin, build } = strategyWorld();

    const first = await build();
    origin.commit({ 'text/source.txt': 'other\n' });
    const second = await build();
    origin.commit({ 'README.md': 'other\n' });
    const third = await build();

    expect(first).toMatchObject({
      status: 'succeeded',
      built: 'all 4 projects built: nothing was kept of this branch',
    });
    expect(first).toMatchObject({ made: ['core', 'text', 'app', 'site'], tests: { total: 2, passed: 2 } });
    expect(second.built).toMatch(
      /^1 of 4 projects changed \(text\); 2 built with their dependents, 2 kept from build b1 of commit [0-9a-f]{10}$/,
    );
    expect(second).toMatchObject({
      made: ['text', 'site'],
      tested: [],
      tests: null,
      skipped: ['Restore', 'Test', 'Package'],
    });
    expect(third).toMatchObject({ status: 'succeeded', made: [], tested: [] });
    expect(third.built).toMatch(/^nothing changed, so nothing was built: all 4 projects kept from build b2 of commit/);
    expect(third.skipped).toEqual(['Restore', 'Build', 'Test', 'Package']);
    expect(third.log).toContain('[gityard] Incremental: nothing changed');
  });

  it('collects what was made before together with what is made now, and no older version of either', async () => {
    const { origin, build } = strategyWorld();
    const parameters = { createPackages: 'true' };
    const packs = ['app.pack', 'core.pack', 'site.pack', 'text.pack'];
    const zips = (text: string) => [
      'app/dist/app.zip',
      'core/dist/core.zip',
      'site/dist/site.zip',
      `text/dist/${text}.zip`,
    ];

    const first = await build({ parameters });
    origin.commit({ 'text/source.txt': 'other\n' });
    const second = await build({ parameters });
    const third = await build({ parameters });

    expect(first.artifacts.toSorted()).toEqual([...packs, ...zips('text')].toSorted());
    expect(second.artifacts.toSorted()).toEqual([...packs, ...zips('other')].toSorted());
    expect(third.made).toEqual([]);
    expect(third.artifacts).toEqual(second.artifacts);
  });

  it('takes up after a failure what was not built, and tests again what failed', async () => {
    const { origin, build } = strategyWorld();
    await build();
    origin.commit({ 'core/source.txt': 'bad\n' });

    const failed = await build();
    const again = await build();
    origin.commit({ 'core/source.txt': 'good\n' });
    const mended = await build();

    expect(failed).toMatchObject({ status: 'failed', made: ['core', 'app'], tested: ['core'] });
    expect(again).toMatchObject({ status: 'failed', made: ['core', 'app'], tested: ['core'] });
    expect(again.built).toContain('2 of them not built to the end before');
    expect(mended).toMatchObject({ status: 'succeeded', made: ['core', 'app'], tests: { total: 2, failed: 0 } });
  });

  it('restores when a lock file changed', async () => {
    const { origin, build } = strategyWorld();
    await build();
    origin.commit({ 'site/packages.lock.json': '{ }\n' });

    const { made, skipped } = await build();

    expect(made).toEqual(['site']);
    expect(skipped).not.toContain('Restore');
  });

  it('removes what a project made that is there no more', async () => {
    const { origin, folder, build } = strategyWorld();
    await build();
    origin.git('rm', '-r', '--quiet', 'site');
    origin.commit({ 'parts.txt': 'core\ntext\napp core\n' });

    expect(await build()).toMatchObject({
      status: 'succeeded',
      artifacts: expect.not.arrayContaining(['site/dist/site.zip']),
    });

    const source = join(folder, 'kept', readdirSync(join(folder, 'kept'))[0] ?? '', 'build/source');
    expect(existsSync(join(source, 'text/dist/out.txt'))).toBe(true);
    expect(existsSync(join(source, 'site/dist'))).toBe(false);
  });

  it('builds everything anew with another tool, and when a shared file or the recipe changed', async () => {
    const { origin, build } = strategyWorld();
    const parameters = { sh: '2' };
    await build();

    const other = await build({ parameters });
    origin.commit({ 'shared.txt': '2\n' });
    const shared = await build({ parameters });
    origin.commit({ 'gityard.yml': 'artifacts: []\n' });
    const recipe = await build({ parameters });

    expect(other.built).toBe(
      'all 4 projects built, because of another parameter sh (2 instead of none), tool sh (2 instead of 1)',
    );
    expect(shared.built).toBe('all 4 projects built, because shared.txt concerns all of them');
    expect(recipe.built).toBe('all 4 projects built, because gityard.yml concerns all of them');
    for (const { made } of [other, shared, recipe]) expect(made).toHaveLength(4);
  });

  it('puts back a source that a build changed, and builds its project again', async () => {
    const files = { ...PARTS, 'gityard.yml': 'stages: { test: [sh, -c, "echo spoilt >> text/source.txt"] }\n' };
    const { build } = strategyWorld({}, files);
    await build();

    const { made, built } = await build();

    expect(made).toEqual(['text', 'site']);
    expect(built).toContain('1 of 4 projects changed (text)');
  });

  it('is left for a build from nothing when a parameter asks for that', async () => {
    const { build } = strategyWorld();
    await build();

    const outcome = await build({ parameters: { forceClean: 'true' } });

    expect(outcome).toMatchObject({
      built: 'all 4 projects built from nothing',
      made: ['core', 'text', 'app', 'site'],
    });
    expect((await build()).made).toEqual([]);
  });
});
