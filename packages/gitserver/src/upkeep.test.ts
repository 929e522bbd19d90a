import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

import { cloneWithCommit, git, type TestServer, testServer, until } from './git.fixture.ts';
import { createUpkeep } from './upkeep.ts';

describe('upkeep', () => {
  let server: TestServer;

  afterEach(() => server.dispose());

  async function repositoryWithLooseObjects(): Promise<string> {
    server = await testServer();
    await server.createRepository('yard');
    const clone = await cloneWithCommit(server);
    // The same in every run: nine of these objects are in the folder that is counted, where chance may leave none.
    const names = Array.from({ length: 1_500 }, (_, index) => `${index}`);
    await Promise.all(names.map((name) => writeFile(join(clone, name), name)));
    await git(clone, 'add', '.');
    await git(clone, 'commit', '--quiet', '-m', 'many files');
    return clone;
  }

  it('packs loose objects once enough pushes went by', async () => {
    const clone = await repositoryWithLooseObjects();
    const looseCount = async () => Number.parseInt(await git(clone, 'count-objects'), 10);
    const upkeep = createUpkeep({ everyPushes: 2, looseObjects: 256 });

    upkeep.pushed(join(clone, '.git'));
    expect(await looseCount()).toBeGreaterThan(1_500);
    upkeep.pushed(join(clone, '.git'));

    await until(async () => (await looseCount()) === 0, 'all objects are packed');
    await upkeep.stop();
  });

  it('packs also what nobody refers to any more, as every replaced heartbeat is', async () => {
    const clone = await repositoryWithLooseObjects();
    const looseCount = async () => Number.parseInt(await git(clone, 'count-objects'), 10);
    await git(clone, 'update-ref', '-d', 'refs/heads/main');
    await git(clone, 'reflog', 'expire', '--expire=now', '--all');
    await git(clone, 'read-tree', '--empty');
    const upkeep = createUpkeep({ everyPushes: 1, looseObjects: 256 });

    upkeep.pushed(join(clone, '.git'));

    await until(async () => (await looseCount()) === 0, 'no object is left loose');
    await upkeep.stop();
  });

  it('stops with its server', async () => {
    const clone = await repositoryWithLooseObjects();
    const upkeep = createUpkeep({ everyPushes: 1, looseObjects: 256 });

    upkeep.pushed(join(clone, '.git'));
    await upkeep.stop();

    expect(await git(clone, 'fsck', '--strict')).toBe('');
  });
});
