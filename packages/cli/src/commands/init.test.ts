import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SCHEMAS } from '@gityard/domain';
import { startGitServer } from '@gityard/gitserver';
import { git } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alike, makeWorld, type World } from '../program.fixture.ts';

const SCHEMA_NAMES = Object.keys(SCHEMAS).sort();

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.remove());

describe('init', () => {
  it('leaves a branch alone that only bears the name', async () => {
    const cwd = join(world.folder, 'work');
    await mkdir(cwd);
    await git(['init', '--quiet', '--initial-branch', 'yard'], { cwd });
    await git(['commit', '--quiet', '--allow-empty', '-m', 'My garden'], { cwd });

    const { code, stderr } = await world.run(['init', '.'], { cwd });

    expect({ code, stderr }).toEqual({ code: 5, stderr: expect.stringMatching(/is no yard.*--refs-state/) });
    expect((await git(['for-each-ref'], { cwd })).trim().split('\n')).toHaveLength(1);
  });

  it('makes a bare repository and its refs, and says what to do next', async () => {
    const { code, stdout } = await world.run(['init', 'new.git', '--name', 'acme']);

    expect(code).toBe(0);
    expect(alike(stdout, world)).toMatchInlineSnapshot(`
      "made the bare repository <folder>/new.git
      made refs/heads/yard
      made refs/heads/yard-live
      made refs/heads/yard-logs

      <folder>/new.git is a yard. Next:
        gityard agent run --yard <folder>/new.git
        gityard job add --yard <folder>/new.git -- echo hello
        gityard status --yard <folder>/new.git
      "
    `);
    const refs = await git(['for-each-ref', '--format=%(refname)'], { cwd: join(world.folder, 'new.git') });
    expect(refs.trim().split('\n')).toEqual(['refs/heads/yard', 'refs/heads/yard-live', 'refs/heads/yard-logs']);
    expect(JSON.parse(await git(['show', 'yard:yard.json'], { cwd: join(world.folder, 'new.git') }))).toMatchObject({
      $schema: 'schemas/yard.schema.json',
      name: 'acme',
    });
    const schemas = await git(['ls-tree', '--name-only', 'yard', 'schemas/'], { cwd: join(world.folder, 'new.git') });
    expect(schemas.trim().split('\n')).toEqual(SCHEMA_NAMES.map((it) => `schemas/${it}.schema.json`));
  });

  it('changes nothing when it is done again', async () => {
    const before = await git(['for-each-ref'], { cwd: world.yard });

    const again = await world.json<{ created: boolean }>(['init', world.yard]);

    expect(again).toMatchObject({ created: false, repositoryMade: false });
    expect(await git(['for-each-ref'], { cwd: world.yard })).toBe(before);
  });

  it('only tells what it would do with --dry-run', async () => {
    const told = await world.json(['init', 'dry.git', '--dry-run']);

    expect(told).toMatchObject({ dryRun: true, repositoryMade: true });
    expect((await world.run(['status', '--yard', 'dry.git'])).code).toBe(5);
  });

  it('makes the repository one stands in a yard, which commands then find by themselves', async () => {
    const project = join(world.folder, 'project');
    await git(['init', '--quiet', project], { cwd: world.folder });

    const { code } = await world.run(['init'], { cwd: project });
    const config = await world.json<{ name: string; source: string }[]>(['config', 'show'], { cwd: project });

    expect(code).toBe(0);
    expect(config[0]).toEqual({ name: 'yard', value: project, source: 'current repository' });
  });

  it('is not in the way of commands in a repository that has nothing to do with a yard', async () => {
    const other = join(world.folder, 'other');
    await git(['init', '--quiet', other], { cwd: world.folder });
    for (const origin of ['git@host.invalid:a/b.git', 'http://127.0.0.1:9/b.git', '/nowhere']) {
      await git(['config', 'remote.origin.url', origin], { cwd: other });

      expect((await world.run(['status'], { cwd: other })).code).toBe(0);
    }
  });

  it('says no to a page without a host, and to two of them', async () => {
    const alone = await world.run(['init', 'pages.git', '--docs', 'site']);
    const both = await world.run(['init', 'pages.git', '--github', 'acme/yard', '--gitea', 'https://a.example/a/b']);

    expect([alone.code, both.code]).toEqual([2, 2]);
    const told = await world.json(['init', 'pages.git', '--github', 'acme/yard', '--dry-run']);
    expect(told).toMatchObject({ repositoryMade: true, pages: expect.stringMatching(/\/docs$/) });
  });

  it('refuses a folder that is full of other things', async () => {
    await mkdir(join(world.folder, 'full'));
    await writeFile(join(world.folder, 'full/file'), 'x');

    const { code, stderr } = await world.run(['init', 'full']);

    expect(code).toBe(2);
    expect(stderr).toContain('is no repository, and not empty');
  });

  it('makes a yard of a remote by its address or the name of a remote', async () => {
    const server = await startGitServer({ root: join(world.folder, 'served') });
    try {
      await server.createRepository('far');
      const clone = join(world.folder, 'clone');
      await git(['clone', '--quiet', server.urlOf('far'), clone], { cwd: world.folder });

      const made = await world.json(['init', '--remote', 'origin'], { cwd: clone });
      const status = await world.json(['status'], { cwd: clone });

      expect(made).toMatchObject({ created: true, yard: server.urlOf('far') });
      expect(status).toMatchObject({ yard: 'yard', connection: { state: 'live' } });
    } finally {
      await server.close();
    }
  });
});
