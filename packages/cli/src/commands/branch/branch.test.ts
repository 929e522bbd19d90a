import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alike, makeWorld, type World } from '../../program.fixture.ts';

let world: World;
let origin: string;
beforeAll(async () => {
  world = await makeWorld();
  origin = join(world.folder, 'app');
  await git(['init', '-q', '-b', 'main', origin], { cwd: world.folder });
  await commit({ 'app/a': '1', 'docs/b': '1' });
});
afterAll(() => world.remove());

const identity = ['-c', 'user.name=Spec', '-c', 'user.email=spec@localhost', '-c', 'commit.gpgSign=false'];
async function commit(files: Readonly<Record<string, string>>): Promise<string> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(origin, path, '..'), { recursive: true });
    await writeFile(join(origin, path), content);
  }
  await git(['add', '--all'], { cwd: origin });
  await git([...identity, 'commit', '-qm', 'more'], { cwd: origin });
  return (await git(['rev-parse', 'HEAD'], { cwd: origin })).trim();
}
const head = () => readFile(join(world.yard, 'refs/heads/yard'), 'utf8');

describe('branch', () => {
  it('begins its file once', async () => {
    const first = await world.json(['branch', 'init']);
    const before = await head();
    const second = await world.json(['branch', 'init']);

    expect([first, second]).toEqual([
      { path: 'shared/branches_config.json', created: true },
      { path: 'shared/branches_config.json', created: false },
    ]);
    expect(await head()).toBe(before);
    expect(await git(['show', 'yard:shared/branches_config.json'], { cwd: world.yard })).toBe(
      '{\n  "branches": {},\n  "schemaVersion": 1\n}\n',
    );
  });

  it('enters profiles as the scripts of old did, and lists them', async () => {
    await world.ok('branch', 'add', 'app', 'app', '3', 'true', '--branch', 'main', '--include', 'app/**');
    await world.ok('branch', 'add', 'docs', origin, 'Critical', 'true', '--branch', 'main', '--include', 'docs/**');
    await world.ok('branch', 'add', 'release/1', origin, '8', 'false');

    const before = await head();
    await world.ok('branch', 'add', 'app', 'app', '3', 'true');

    expect(await head()).toBe(before);
    expect(await world.json<unknown[]>(['branch', 'list'])).toMatchObject([
      { name: 'docs', priority: 1, autoBuild: true, branch: 'main', lastCommit: null, lastJob: null },
      { name: 'app', priority: 3, repository: origin, enabled: true, paths: { include: ['app/**'], exclude: [] } },
      { name: 'release/1', priority: 8, autoBuild: false, branch: 'release/1' },
    ]);
    expect(alike(await world.ok('branch', 'list'), world).replace(/ {2,}/g, '  ')).toMatchInlineSnapshot(`
      "NAME  PRIO  BUILDS  REPOSITORY  BRANCH
      docs  1  each commit  <folder>/app  main
      app  3  each commit  <folder>/app  main
      release/1  8  when asked  <folder>/app
      "
    `);
  });

  it('makes a job for each new commit, where it concerns the profile, and tells why not elsewhere', async () => {
    expect(await world.json<unknown[]>(['branch', 'check-updates', '--dry-run'])).toMatchObject([
      { name: 'docs', state: 'built' },
      { name: 'app', state: 'built' },
    ]);
    expect(await world.json<unknown[]>(['job', 'list'])).toEqual([]);

    const built = await world.json<{ state: string; job: string }[]>(['branch', 'check-updates']);
    const before = await head();
    await world.ok('branch', 'check-updates');
    expect(built.map((it) => it.state)).toEqual(['built', 'built']);
    expect(await head()).toBe(before);

    const second = await commit({ 'docs/b': '2' });
    expect((await world.json<{ state: string }[]>(['branch', 'check-updates'])).map((it) => it.state)).toEqual([
      'built',
      'skipped',
    ]);
    expect(await world.json(['branch', 'show', 'app'])).toMatchObject({
      lastCommit: second,
      lastJob: { id: built[1]?.job, status: 'queued' },
      skipped: { commit: second, reason: 'none of the one changed file lies within app/**' },
    });
    expect(await world.ok('branch', 'show', 'app')).toContain('none of the one changed file lies within app/**');
  });

  it('names what cannot be asked, looks at the others, and exits 5', async () => {
    await world.ok('branch', 'add', 'gone', '/nowhere.git', '9', 'true');
    await commit({ 'app/a': '2' });

    const { code, stdout } = await world.run(['branch', 'check-updates', '--json']);

    expect(code).toBe(5);
    expect(JSON.parse(stdout)).toMatchObject([
      { name: 'docs', state: 'skipped' },
      { name: 'app', state: 'built' },
      { name: 'gone', state: 'failed', text: expect.stringContaining('/nowhere.git') },
    ]);
    await world.ok('branch', 'remove', 'gone', '--reason', 'it is gone');
    expect((await world.json<{ reason: string }[]>(['log', '-n', '1']))[0]?.reason).toBe('it is gone');
  });

  it('queues all that are enabled, most urgent first, once', async () => {
    await world.ok('branch', 'toggle', 'docs', 'false');

    const queued = await world.json<{ name: string; isNew: boolean }[]>(['branch', 'queue-all']);
    const before = await head();
    const again = await world.json<{ isNew: boolean }[]>(['branch', 'queue-all']);

    expect(queued.map((it) => [it.name, it.isNew])).toEqual([
      ['app', true],
      ['release/1', true],
    ]);
    expect(again.map((it) => it.isNew)).toEqual([false, false]);
    expect(await head()).toBe(before);
    const jobs = await world.json<{ branch: string; priority: number }[]>(['job', 'list']);
    expect(jobs.filter((it) => it.branch === 'release/1')).toMatchObject([{ priority: 8, repository: origin }]);
  });

  it('keeps schedules with their time zones, and tells when they come next', async () => {
    const schedule = ['--schedule', '0 2 * * *', '--time-zone', 'Europe/Berlin', '--catch-up', 'latest'];
    await world.ok('branch', 'add', 'docs', origin, '--schedule-strategy', 'Clean', '--jitter', '10m', ...schedule);
    await world.ok('branch', 'toggle', 'docs', 'true');

    expect(await world.json(['branch', 'show', 'docs'])).toMatchObject({
      schedules: [
        {
          cron: '0 2 * * *',
          timeZone: 'Europe/Berlin',
          catchUp: 'latest',
          jitterSeconds: 600,
          strategy: 'Clean',
          lastScheduledAt: expect.stringMatching(/Z$/),
        },
      ],
      nextRuns: [{ schedule: '0 2 * * * Europe/Berlin', at: expect.stringMatching(/Z$/) }],
    });
    await world.ok('branch', 'add', 'docs', origin, '--schedule', 'off');
    expect(await world.json(['branch', 'show', 'docs'])).toMatchObject({ schedules: [] });
  });

  it('sets up a folder for each, and leaves alone what is there', async () => {
    await git(['branch', 'release/1', 'main'], { cwd: origin });
    const dir = join(world.folder, 'trees');
    await mkdir(join(dir, 'docs'), { recursive: true });
    await writeFile(join(dir, 'docs', 'mine.txt'), 'mine');

    const { code, stdout } = await world.run(['branch', 'worktrees', 'trees', '--json']);

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject([
      { name: 'docs', state: 'foreign' },
      { name: 'app', state: 'made', path: join(dir, 'app') },
      { name: 'release/1', state: 'made', path: join(dir, 'release-1') },
    ]);
    expect(await readFile(join(dir, 'app', 'docs', 'b'), 'utf8')).toBe('2');
    expect(await readFile(join(dir, 'docs', 'mine.txt'), 'utf8')).toBe('mine');
  });

  it.each<[number, string[]]>([
    [3, ['show', 'nobody']],
    [3, ['toggle', 'nobody', 'true']],
    [2, ['toggle', 'app', 'maybe']],
    [2, ['add', 'main']],
    [2, ['add', 'main', '/srv/x.git', '11']],
    [2, ['add', 'main', 'ext::sh -c id']],
    [2, ['add', 'main', '/srv/x.git', '--schedule', '99 * * * *']],
    [2, ['add', 'main', '/srv/x.git', '--schedule', '0 0 31 2 *']],
    [2, ['add', 'main', '/srv/x.git', '--time-zone', 'Europe/Berlin']],
    [7, ['add', '../main', '/srv/x.git']],
    [7, ['add', 'main', '/srv/x.git', '--include', '../up']],
  ])('exits with %i for branch %j', async (code, words) => {
    expect((await world.run(['branch', ...words])).code).toBe(code);
  });

  it('says where all profiles stand, to whom misspelt one', async () => {
    const { stderr } = await world.run(['branch', 'toggle', 'nobody', 'true']);

    expect(stderr).toContain('; gityard branch list shows them');
  });

  it('leaves a history that breaks no rule, and names a hand that claims a build', async () => {
    expect(await world.json(['audit'])).toMatchObject({ ok: true });
    const file = JSON.parse(await git(['show', 'yard:shared/branches_config.json'], { cwd: world.yard }));
    file.branches.app.lastCommit = 'f'.repeat(40);

    await world.edit({ 'shared/branches_config.json': JSON.stringify(file) });

    expect(await world.json(['audit'])).toMatchObject({ ok: false, firstViolation: { rule: 'branch-memory' } });
  });
});
