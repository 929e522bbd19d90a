/** The real program against a real HTTP yard: tags that Git itself reads, and jobs that go back to them. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GitServer, startGitServer } from '@gityard/gitserver';
import { git } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../program.fixture.ts';

let world: World;
let server: GitServer;
let address: string;
let repository: string;
beforeAll(async () => {
  world = await makeWorld();
  server = await startGitServer({ root: join(world.folder, 'git') });
  repository = await server.createRepository('team');
  address = server.urlOf('team');
  await world.ok('init', '--remote', address);
  const tree = await show('hash-object', '-t', 'tree', '-w', '/dev/null');
  await show('update-ref', 'refs/heads/main', await show('commit-tree', '-m', 'the program', tree));
});
afterAll(async () => {
  await server.close();
  await world.remove();
});

const here = () => ({ env: { GITYARD_YARD: address } });
const run = (...words: string[]) => world.run(words, here());
const json = <T = Record<string, unknown>>(...words: string[]) => world.json<T>(words, here());
const show = async (...args: string[]) => (await git(args, { cwd: repository })).trim();

/** A job that succeeded by hand, with what it made. */
async function built(branch: string, commit: string, content = 'deb'): Promise<string> {
  const { id } = await json<{ id: string }>(
    'job',
    'add',
    '--repo',
    address,
    '--branch',
    branch,
    '--commit',
    commit,
    '--param',
    'kind=Release',
    '--',
    'make',
  );
  const folder = join(world.folder, id);
  await mkdir(folder);
  await writeFile(join(folder, 'app.deb'), content);
  expect((await run('job', 'next', '--agent', 'tester')).code).toBe(0);
  expect((await run('artifact', 'manifest', folder, id, branch, commit)).code).toBe(0);
  expect((await run('job', 'complete', id, 'succeeded', '3')).code).toBe(0);
  return id;
}

describe('rollback', () => {
  it('tags a build that succeeded at the commit that was built, once', async () => {
    const commit = await show('rev-parse', 'refs/heads/main');
    const id = await built('main', commit);

    const dry = await json('rollback', 'tag', id, '--dry-run');
    const first = await json('rollback', 'tag', id);
    const second = await json('rollback', 'tag', id.slice(0, 20));

    expect(first).toMatchObject({
      branch: 'main',
      job: id,
      commit,
      target: commit,
      targetIs: 'built-commit',
      made: true,
    });
    expect(first.tag).toMatch(/^build-success-main-\d{8}T\d{6}Z$/);
    expect(dry).toMatchObject({ dryRun: true, tag: first.tag });
    expect(second).toMatchObject({ tag: first.tag, made: false, stateCommit: null });
    expect(await show('cat-file', '-t', `refs/tags/${first.tag}`)).toBe('tag');
    expect(
      await show('for-each-ref', '--format=%(taggername) %(*objectname) %(contents:subject)', `refs/tags/${first.tag}`),
    ).toBe(`tester ${commit} good build of main: job ${id}`);
    await git(['fsck', '--strict'], { cwd: repository });
  });

  it('lists, shows and names the last good build, and tells what a crash left behind', async () => {
    const [point] = await json<{ tag: string; job: string }[]>('rollback', 'list', 'main');
    if (!point) throw new Error('no point');
    await git(['tag', 'build-success-main-20200101T000000Z', 'refs/heads/yard'], { cwd: repository });
    await git(['update-ref', '-d', `refs/tags/${point.tag}`], { cwd: repository });

    const broken = await json<object[]>('rollback', 'list');
    await run('rollback', 'tag', point.job);
    const healed = await json<object[]>('rollback', 'list', 'main');

    expect(broken).toMatchObject([
      { tag: point.tag, tagStatus: 'missing', lastGood: true },
      { tag: 'build-success-main-20200101T000000Z', tagStatus: 'not-recorded' },
    ]);
    expect(healed).toMatchObject([{ tag: point.tag, tagStatus: 'there' }]);
    expect(await json('rollback', 'show', point.tag)).toMatchObject({
      job: point.job,
      artifacts: [{ path: 'app.deb' }],
    });
    expect(await json('rollback', 'last-good', 'main')).toMatchObject({ job: point.job, tag: point.tag });
    expect((await run('rollback', 'last-good', 'nowhere')).code).toBe(3);
    expect((await run('rollback', 'show', 'nothing')).code).toBe(3);
  });

  it('goes back by a job like the one before, and twice is once', async () => {
    const { tag, job: of, commit } = await json('rollback', 'last-good', 'main');

    const first = await json('rollback', 'to', String(tag), '--reason', 'the new one crashes');
    const second = await json('rollback', 'to', String(tag));

    expect(first).toMatchObject({ tag, of, built: commit });
    expect(second.id).toBe(first.id);
    expect(await json('job', 'show', String(first.id))).toMatchObject({
      status: 'queued',
      priority: 3,
      repository: address,
      branch: 'main',
      commit,
      key: `rollback/${tag}`,
      parameters: { kind: 'Release' },
      command: ['make'],
    });
    await run('job', 'cancel', String(first.id));
    expect((await run('rollback', 'to', String(tag), '--wait', '--timeout', '1s')).code).toBe(124);
    const { id } = await json('rollback', 'to', String(tag));
    expect((await run('job', 'cancel', String(id))).code).toBe(0);
  });

  it('takes builds that are no jobs of the yard, with all four words', async () => {
    const folder = join(world.folder, 'by-hand');
    await mkdir(folder);
    await writeFile(join(folder, 'app.deb'), 'hand');
    await run('artifact', 'manifest', 'by-hand', 'hand-1', 'feature/X', 'beef'.repeat(10), '--out', 'hand.json');

    const made = await json('rollback', 'tag', 'hand-1', 'feature/X', 'beef'.repeat(10), 'hand.json');

    expect(made).toMatchObject({ branch: 'feature/X', job: 'hand-1', targetIs: 'state-commit', made: true });
    expect(made.tag).toMatch(/^build-success-feature-X-/);
    expect(await show('rev-parse', `refs/tags/${made.tag}^{commit}`)).toBe(made.target);
    expect((await run('rollback', 'to', String(made.tag))).code).toBe(3);
    expect(await json('rollback', 'last-good', 'feature/X')).toMatchObject({ job: 'hand-1' });
    expect((await run('rollback', 'tag', 'hand-1', 'other')).code).toBe(4);
  });

  it('refuses a build that failed, and one that nobody knows', async () => {
    const { id } = await json<{ id: string }>('job', 'add', '--', 'false');
    await run('job', 'next', '--agent', 'tester');
    await run('artifact', 'manifest', 'by-hand', id, 'main', 'beef');
    await run('job', 'complete', id, 'failed', '1');

    const { code, stderr } = await run('rollback', 'tag', id);

    expect([code, stderr]).toEqual([1, expect.stringContaining('NOT_SUCCEEDED')]);
    expect((await run('rollback', 'tag', 'nothing')).code).toBe(3);
  });

  it('tags the project as well, and cleans up the oldest', async () => {
    const project = await server.createRepository('project');
    await git(['push', '--quiet', project, 'refs/heads/main:refs/heads/main'], { cwd: repository });
    const commit = await show('rev-parse', 'refs/heads/main');
    const { id } = await json<{ id: string }>(
      'job',
      'add',
      '--repo',
      server.urlOf('project'),
      '--branch',
      'old',
      '--commit',
      commit,
      '--',
      'make',
    );
    await run('job', 'next', '--agent', 'tester');
    await run('artifact', 'manifest', 'by-hand', id, 'old', commit);
    await run('job', 'complete', id, 'succeeded', '1');

    expect(await json('rollback', 'tag', id, '--project')).toMatchObject({ project: { sort: 'made' } });
    expect((await git(['tag', '--list'], { cwd: project })).trim()).toMatch(/^build-success-old-/);

    for (const content of ['a', 'b']) await run('rollback', 'tag', await built('main', commit, content));
    const dry = await json<{ removed: string[] }>('rollback', 'cleanup', '1', '--dry-run');
    const done = await json<{ removed: string[] }>('rollback', 'cleanup', '1');

    expect(dry.removed).toHaveLength(2);
    expect(done).toMatchObject({ removed: dry.removed, kept: [] });
    expect(await json<object[]>('rollback', 'list', 'main')).toHaveLength(1);
    for (const tag of dry.removed) expect(await show('tag', '--list', tag)).toBe('');
  });

  it('leaves a history that the audit finds nothing wrong with', async () => {
    expect(await json('audit')).toMatchObject({ ok: true });
  });
});
