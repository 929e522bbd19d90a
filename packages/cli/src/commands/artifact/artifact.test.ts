/** The real program, for artifacts and what is compared of them. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../program.fixture.ts';

const run = promisify(execFile);
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.remove());

async function folder(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const path = join(world.folder, name);
  for (const [file, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, file)), { recursive: true });
    await writeFile(join(path, file), content);
  }
  return path;
}
const as = (agent: string, ...words: string[]) => world.run([...words, '--agent', agent]);
const commit = 'a'.repeat(40);
const store = () => join(world.folder, 'home', 'build', 'artifacts');
const withHome = {
  env: {
    get GITYARD_HOME() {
      return join(world.folder, 'home');
    },
  },
};

describe('artifact', () => {
  it('makes a manifest of any folder, with sums that sha256sum accepts, and finds what was changed', async () => {
    const dist = await folder('dist', { 'app.deb': 'deb', 'notes a.txt': 'n', 'sub/b\\c': 'b' });
    const made = await world.json(['artifact', 'manifest', 'dist', 'release-7', 'main', commit, '--out', 'm.json']);

    expect(made).toMatchObject({ job: 'release-7', agent: 'tester', branch: 'main', commit, stateCommit: null });
    expect((made.artifacts as { path: string }[]).map((it) => it.path)).toEqual(['app.deb', 'notes a.txt', 'sub/b\\c']);
    await run('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: dist });
    expect((await world.run(['artifact', 'verify', 'm.json', 'dist'])).code).toBe(0);

    await writeFile(join(dist, 'app.deb'), 'bed');
    await writeFile(join(dist, 'more'), '');
    const { code, stdout } = await world.run(['artifact', 'verify', 'm.json', 'dist', '--json']);

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      verified: 2,
      differences: [
        { path: 'app.deb', what: 'checksum', digests: ['md5', 'sha256', 'sha512'] },
        { path: 'more', what: 'extra' },
      ],
    });
  });

  it('puts it into the yard once, and keeps what was said first', async () => {
    await folder('once', { 'app.deb': 'deb' });
    const words = ['artifact', 'manifest', 'once', 'once-1', 'main', commit];
    const dry = await world.json([...words, '--dry-run']);
    const first = await world.json(words);
    const second = await world.json(words);

    expect(dry).toMatchObject({ dryRun: true, operation: 'publish-manifest' });
    expect(first).toMatchObject({ token: 0, stateCommit: expect.stringMatching(/^[0-9a-f]{40}$/) });
    expect(first.path).toMatch(/^shared\/manifests\/[0-9a-f]{2}\/once-1\.json$/);
    expect(second).toMatchObject({ stateCommit: null });
    await folder('once', { 'app.deb': 'other' });
    expect((await world.run(words)).code).toBe(4);
    expect((await world.run(['artifact', 'manifest', 'once', 'Not/A/Name', 'main', commit])).code).toBe(7);
    expect((await world.run(['artifact', 'manifest', 'nowhere', 'x', 'main', commit])).code).toBe(3);
    expect((await world.run(['artifact', 'manifest', 'once'])).code).toBe(2);
  });

  it('exports a manifest into the history, and out of it', async () => {
    await folder('exported', { 'a.zip': 'zip' });
    await world.ok('artifact', 'manifest', 'exported', 'exported-1', 'main', commit, '--out', 'e.json');

    const into = await world.json(['artifact', 'export', 'e.json', '--reason', 'for the record']);
    await world.ok('artifact', 'export', 'exported-1', '--out', 'again.json');

    expect(into).toMatchObject({ job: 'exported-1', commit: expect.stringMatching(/^[0-9a-f]{40}$/) });
    expect(JSON.parse(await readFile(join(world.folder, 'again.json'), 'utf8'))).toMatchObject({ job: 'exported-1' });
    await writeFile(join(world.folder, 'broken.json'), '{"job":1}');
    expect((await world.run(['artifact', 'export', 'broken.json'])).code).toBe(7);
    expect((await world.run(['artifact', 'export', 'none-such'])).code).toBe(3);
  });

  it('lists builds by the sort of what they made', async () => {
    await folder('sorts', { 'a.nupkg': 'n', 'b.txt': 't' });
    await world.ok('artifact', 'manifest', 'sorts', 'sorts-1', 'main', commit);

    const builds = await world.json<{ job: string; artifacts: { path: string }[] }[]>(['artifact', 'list', 'nupkg']);

    expect(builds).toMatchObject([{ job: 'sorts-1', here: false, artifacts: [{ path: 'a.nupkg', type: 'nupkg' }] }]);
    expect((await world.run(['artifact', 'list', 'nonsense'])).code).toBe(2);
  });

  it('gets artifacts from the store, checked, and cleans the oldest up but for those that somebody needs', async () => {
    for (const at of [1, 2, 3]) {
      await folder(`home/build/artifacts/kept-${at}/0`, { 'app.rpm': `rpm ${at}`, 'x.txt': 'x' });
      await world.ok('artifact', 'manifest', join(store(), `kept-${at}`, '0'), `kept-${at}`, 'main', commit);
    }
    await world.ok('rollback', 'tag', 'kept-1');

    const got = await world.json(['artifact', 'get', 'kept-2', '--out', 'got'], withHome);
    expect(got).toMatchObject({ job: 'kept-2', copied: ['app.rpm', 'x.txt'], kept: [], verified: 2 });
    expect((await world.run(['artifact', 'get', 'once-1'], withHome)).code).toBe(3);

    const dry = await world.json(['artifact', 'cleanup', 'rpms', '1', '--dry-run'], withHome);
    const done = await world.json(['artifact', 'cleanup', 'rpms', '1'], withHome);
    const again = await world.json(['artifact', 'cleanup', 'rpms', '1'], withHome);

    expect(dry).toMatchObject({ dryRun: true, removed: [{ job: 'kept-2', paths: ['app.rpm'] }] });
    expect(done).toMatchObject({
      removed: dry.removed,
      needed: [{ job: 'kept-1', reason: 'a rollback may go back to it' }],
    });
    expect(again).toMatchObject({ removed: [] });
    expect(
      (await world.run(['artifact', 'cleanup', 'rpms', '0', '--free', '1B', '--json'], withHome)).stdout,
    ).toContain('"removed": []');
    expect((await world.run(['artifact', 'verify', 'kept-1'], withHome)).code).toBe(0);
    expect((await world.run(['artifact', 'verify', 'kept-2', '--json'], withHome)).code).toBe(1);
    expect((await world.run(['artifact', 'cleanup', 'rpms', 'many'], withHome)).code).toBe(2);
  });

  it('keeps a damaged copy from everybody', async () => {
    const bytes = await folder('home/build/artifacts/damaged/0', { 'a.deb': 'deb' });
    await world.ok('artifact', 'manifest', bytes, 'damaged', 'main', commit);
    await writeFile(join(bytes, 'a.deb'), 'bed');

    const { code, stderr } = await world.run(['artifact', 'get', 'damaged', '--out', 'damaged-copy'], withHome);

    expect([code, stderr]).toEqual([7, expect.stringContaining('is damaged')]);
  });
});

describe('compare', () => {
  async function packed(name: string, atSeconds: number): Promise<string> {
    const path = await folder(name, { 'in/a.txt': 'a' });
    await utimes(join(path, 'in', 'a.txt'), atSeconds, atSeconds);
    await run('zip', ['-X', '-q', 'app.nupkg', 'in/a.txt'], { cwd: path });
    return path;
  }

  it('says what differs between manifests, why, and exits 1', async () => {
    for (const [name, at] of [
      ['left', 1_700_000_000],
      ['right', 1_700_009_000],
    ] as const) {
      await packed(name, at);
      await world.ok('artifact', 'manifest', name, `job-${name}`, 'main', commit, '--out', `${name}/manifest.json`);
    }
    await folder('right', { extra: 'x' });
    await world.ok('artifact', 'manifest', 'right', 'job-right', 'main', commit, '--out', 'right/manifest.json');

    const both = ['left/manifest.json', 'right/manifest.json'];
    const { code, stdout } = await world.run(['compare', 'manifests', ...both, '--json']);

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      identical: false,
      same: ['in/a.txt'],
      checksum: [{ path: 'app.nupkg', digests: ['md5', 'sha256', 'sha512'] }],
      size: [],
      missing: { left: ['extra'], right: [] },
      hints: [{ path: 'app.nupkg', code: 'timestamps-only' }],
    });
    expect((await world.run(['compare', 'manifests', both[0] ?? '', both[0] ?? ''])).code).toBe(0);
    expect((await world.run(['compare', 'report', ...both, 'out.md'])).code).toBe(1);
    expect(await readFile(join(world.folder, 'out.md'), 'utf8')).toContain('## Missing on the left\n\n- `extra`');
    expect((await world.run(['compare', 'manifests', 'none.json', 'none.json'])).code).toBe(3);
  });

  it('compares jobs and the last builds of agents, and counts who agrees', async () => {
    const other = 'b'.repeat(40);
    for (const [agent, content] of [
      ['build1', '1'],
      ['build2', '1'],
      ['build3', '2'],
    ] as const) {
      await folder(`by-${agent}`, { 'app.jar': content });
      await as(agent, 'artifact', 'manifest', `by-${agent}`, `job-${agent}`, 'fleet', other);
    }
    await folder('later', { 'app.jar': '3' });
    await as('build1', 'artifact', 'manifest', 'later', 'later-1', 'fleet', 'c'.repeat(40));

    expect((await world.run(['compare', 'jobs', 'job-build1', 'job-build2'])).code).toBe(0);
    expect((await world.run(['compare', 'jobs', 'job-build1', 'job-build3'])).code).toBe(1);
    const latest = await world.json(['compare', 'latest', 'build1', 'build2', '--branch', 'fleet']);
    expect(latest).toMatchObject({ identical: true, sameCommit: true, left: { job: 'job-build1' } });
    expect((await world.run(['compare', 'latest', 'build1', 'nobody'])).code).toBe(3);

    const { code, stdout } = await world.run(['compare', 'ledger', '--branch', 'fleet', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject([
      {
        commit: other,
        reproducible: false,
        artifacts: [
          {
            path: 'app.jar',
            agree: 2,
            of: 3,
            text: '2 of 3 builds agree on app.jar; build3 (job-build3) differs (checksum)',
          },
        ],
      },
    ]);
  });

  it('leaves a history that the audit finds nothing wrong with', async () => {
    expect(await world.json(['audit'])).toMatchObject({ ok: true });
  });
});
