import { mkdir, readFile, writeFile } from 'node:fs/promises';
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

  it('makes a bare repository and its refs, and says what to do next in words that a shell takes', async () => {
    const { code, stdout } = await world.run(['init', 'new yard.git', '--name', 'acme']);

    expect(code).toBe(0);
    expect(alike(stdout, world)).toMatchInlineSnapshot(`
      "made the bare repository <folder>/new yard.git
      made refs/heads/yard
      made refs/heads/yard-live
      made refs/heads/yard-logs

      <folder>/new yard.git is a yard. Next:
        gityard agent run --yard '<folder>/new yard.git'
        gityard job add --yard '<folder>/new yard.git' -- echo hello
        gityard status --yard '<folder>/new yard.git'
        gityard serve --yard '<folder>/new yard.git'  # its page, and the guide
      "
    `);
    const refs = await git(['for-each-ref', '--format=%(refname)'], { cwd: join(world.folder, 'new yard.git') });
    expect(refs.trim().split('\n')).toEqual(['refs/heads/yard', 'refs/heads/yard-live', 'refs/heads/yard-logs']);
    expect(
      JSON.parse(await git(['show', 'yard:yard.json'], { cwd: join(world.folder, 'new yard.git') })),
    ).toMatchObject({
      $schema: 'schemas/yard.schema.json',
      name: 'acme',
    });
    const schemas = await git(['ls-tree', '--name-only', 'yard', 'schemas/'], {
      cwd: join(world.folder, 'new yard.git'),
    });
    expect(schemas.trim().split('\n')).toEqual(SCHEMA_NAMES.map((it) => `schemas/${it}.schema.json`));
  });

  it('changes nothing when it is done again', async () => {
    const before = await git(['for-each-ref'], { cwd: world.yard });

    const again = await world.json<{ created: boolean }>(['init', world.yard]);

    expect(again).toMatchObject({ created: false, repositoryMade: false });
    expect(await git(['for-each-ref'], { cwd: world.yard })).toBe(before);
  });

  it('goes on where it was broken off, and adds what is missing', async () => {
    for (const ref of ['yard-live', 'yard-logs']) await git(['branch', '-D', ref], { cwd: world.yard });

    const again = await world.json<{ refs: { created: boolean }[] }>(['init', world.yard]);

    expect(again.refs.map((it) => it.created)).toEqual([false, true, true]);
  });

  it('makes this machine an agent that knows its yard and may build what one stands in, and changes nothing the next time', async () => {
    const [cwd, env] = [
      join(world.folder, 'app'),
      { GITYARD_HOME: join(world.folder, 'agent-home'), GITYARD_YARD: '' },
    ];
    await git(['init', '--quiet', cwd], { cwd: world.folder });
    const init = () => world.json<{ next: string[] }>(['init', world.yard, '--first-agent'], { cwd, env });
    const kept = () =>
      Promise.all(['agent.json', 'policy.json'].map((it) => readFile(join(env.GITYARD_HOME, it), 'utf8')));

    const told = await world.run(['init', world.yard, '--first-agent', '--dry-run'], { cwd, env });
    const made = await init();
    const before = await kept();

    expect(told.stdout).toContain(`would allow it to build ${cwd}`);
    expect(made).toMatchObject({ agent: { builds: cwd, tools: { git: expect.any(String) } } });
    expect(made.next[0]).toBe('gityard agent run');
    expect(await world.json(['status'], { cwd: world.folder, env })).toMatchObject({ yard: 'acme' });
    await init();
    expect(await kept()).toEqual(before);
    await world.run(['init', 'second.git', '--first-agent'], { env });
    expect(await kept()).toEqual(before);
  });

  it('takes with --yes what its questions propose: the origin of where one stands, and this machine', async () => {
    const [origin, cwd] = [join(world.folder, 'tool.git'), join(world.folder, 'tool')];
    await git(['init', '--quiet', '--bare', origin], { cwd: world.folder });
    await git(['clone', '--quiet', origin, cwd], { cwd: world.folder });

    const told = await world.json(['init', '--yes', '--dry-run'], {
      cwd,
      env: { GITYARD_HOME: join(world.folder, 'h') },
    });

    expect(told).toMatchObject({ yard: origin, agent: { builds: origin }, refs: [{ created: true }, {}, {}] });
  });

  it('says that pushing is not allowed, and by whom', async () => {
    const closed = join(world.folder, 'closed.git');
    await git(['init', '--quiet', '--bare', closed], { cwd: world.folder });
    await writeFile(join(closed, 'hooks/pre-receive'), '#!/bin/sh\necho "protected branch" >&2\nexit 1\n', {
      mode: 0o755,
    });

    const { code, stderr } = await world.run(['init', closed]);

    expect({ code, stderr }).toEqual({ code: 6, stderr: expect.stringMatching(/protected branch|declined/) });
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
