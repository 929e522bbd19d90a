/** What only a history gives, through the real program: real operations, a cut in between, and questions from after it. */
import { join } from 'node:path';
import { git } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../program.fixture.ts';

type Row = { commit: string; at: string; operation: string | null };
type Why = { status: string; commit: string; reasons: { code: string; text: string; refs: string[] }[] };
type Bisected = { commit: string | null; before: string | null; commits: number; looked: number };

let world: World;
let first: string;
let second: string;
/** The newest commit after each step. */
const commits: Record<'claimed' | 'ended' | 'cut' | 'urgent', string> = { claimed: '', ended: '', cut: '', urgent: '' };
const head = async () => (await world.json<Row[]>(['log', '-n', '1']))[0]?.commit ?? '';
const fileAt = (commit: string, path: string) => git(['show', `${commit}:${path}`], { cwd: world.yard });
const idOf = async (...words: string[]) =>
  (await world.json<{ id: string }>(['job', 'add', ...words, '--', 'make'])).id;

beforeAll(async () => {
  world = await makeWorld();
  first = await idOf();
  second = await idOf('--needs', first);
  await world.ok('job', 'next', '--agent', 'm1');
  commits.claimed = await head();
  await world.ok('lock', 'acquire', 'deploy', '--agent', 'ann');
  await world.ok('job', 'complete', first, 'succeeded', '1', '--agent', 'm1');
  commits.ended = await head();
  await world.ok('compact');
  commits.cut = await head();
  await world.ok('lock', 'release', 'deploy', '--agent', 'ann');
  await world.ok('job', 'priority', second, '1');
  commits.urgent = await head();
});
afterAll(() => world.remove());

describe('explain', () => {
  it('tells why a job waited then, from before a cut as well, and what nobody can know', async () => {
    const then = await world.json<Why>(['explain', second, '--at', commits.claimed]);
    const later = await world.run(['explain', second, '--at', commits.cut.slice(0, 12)]);

    expect(then).toMatchObject({
      status: 'queued',
      commit: commits.claimed,
      reasons: [{ code: 'needs-running', refs: [first] }],
    });
    expect(later.stdout).toContain('could have run on m1; who of them was alive then is not in the history');
    expect(later.stderr).toContain(`commit ${commits.cut.slice(0, 10)}`);
  });

  it('counts back from the head, also over a cut', async () => {
    const rows = await world.json<Row[]>(['log']);

    expect(rows[2]?.operation).toBe('compact');
    expect(await world.json(['explain', second, '--at', 'HEAD~2'])).toMatchObject({ commit: rows[2]?.commit });
    expect(await world.json(['explain', second, '--at', 'HEAD~3'])).toMatchObject({ commit: rows[3]?.commit });
  });

  it('takes a time for the last commit that was made by then', async () => {
    const rows = await world.json<Row[]>(['log']);
    const at = rows.find((it) => it.commit === commits.claimed)?.at ?? '';
    const last = rows.find((it) => it.at <= at)?.commit;

    expect(await world.json(['explain', second, '--at', at])).toMatchObject({ commit: last, at });
  });

  it('without a time is job why', async () => {
    const [now, why] = [await world.json<Why>(['explain', second]), await world.json<Why>(['job', 'why', second])];

    expect({ ...now, eta: null }).toEqual({ ...why, eta: null });
  });

  it('tells every change of the reasons with its commit', async () => {
    const chapters = await world.json<(Why & { operation: string; priority: number })[]>([
      'explain',
      second,
      '--history',
    ]);

    expect(chapters.map((it) => [it.operation, it.reasons[0]?.code, it.priority])).toEqual([
      ['submit', 'needs-running', 5],
      // Until then nobody could have run it at all.
      ['register', 'needs-running', 5],
      ['finish', 'agents-unheard', 5],
      ['prioritise', 'agents-unheard', 1],
    ]);
    expect(await world.json<unknown[]>(['explain', second, '--history', '--limit', '1'])).toHaveLength(1);
    expect(await world.ok('explain', first, '--history')).toMatch(/queued.*submit[\s\S]*claimed on m1[\s\S]*succeeded/);
  });

  it.each([
    [['explain', 'nothing'], 3],
    [['explain', '@', '--at', 'ffffffff'], 3],
    [['explain', '@', '--at', 'HEAD~999'], 3],
    [['explain', '@', '--at', '1999-01-01'], 3],
    [['explain', '@', '--at', '2999-01-01'], 2],
    [['explain', '@', '--at', 'soon'], 2],
    [['explain', '@', '--at', 'HEAD', '--history'], 2],
    [['at', 'HEAD~1', 'job', 'add', '--', 'make'], 2],
    [['at', 'HEAD~1', 'status', '--watch'], 2],
    [['at', 'HEAD~1'], 2],
    [['bisect'], 2],
    [['bisect', '--when', 'jobs.quued > 1'], 2],
  ])('answers %j with exit code %i', async (words, code) => {
    expect((await world.run(words.map((it) => (it === '@' ? second : it)))).code).toBe(code);
  });
});

describe('at', () => {
  const at = <T>(commit: string, ...words: string[]) => world.json<T>(['at', commit, ...words]);

  it('asks any command that only looks', async () => {
    expect(await at<{ head: string }>(commits.claimed, 'status')).toMatchObject({
      head: commits.claimed,
      jobs: { queued: 1, running: 1 },
      agents: [{ id: 'm1', health: 'unknown', job: first }],
    });
    expect(await at(commits.claimed, 'job', 'show', first)).toMatchObject({ status: 'claimed', agent: 'm1' });
    expect(await at<unknown[]>(commits.claimed, 'lock', 'list')).toEqual([]);
    expect(await at<unknown[]>(commits.ended, 'lock', 'list')).toMatchObject([{ name: 'deploy', holder: 'ann' }]);
    expect(await at<unknown[]>(commits.urgent, 'lock', 'list')).toEqual([]);
  });

  it('hands the flags on that follow the command', async () => {
    const { stdout } = await world.run(['--json', 'at', commits.ended, 'job', 'list', '--status', 'succeeded']);

    expect(JSON.parse(stdout)).toMatchObject([{ id: first }]);
  });

  it('has the last valid version of a file in force that was broken then', async () => {
    await world.edit({ 'shared/locks/deploy.json': '{oops' });

    expect(await at<unknown[]>('HEAD', 'lock', 'list', '--all')).toMatchObject([{ name: 'deploy', holder: null }]);
    expect(await world.json(['bisect', '--when', 'broken.files > 0'])).toMatchObject({ subject: 'by hand' });
    await world.edit({ 'shared/locks/deploy.json': await fileAt(commits.urgent, 'shared/locks/deploy.json') });
  });

  it('goes by the clock of the yard, whatever the clocks of people say', async () => {
    const clone = join(world.folder, 'clocks');
    await git(['clone', '--quiet', '--branch', 'yard', world.yard, clone], { cwd: world.folder });
    for (const date of ['1999-01-01T00:00:00Z', '2098-01-01T00:00:00Z'])
      await git(['commit', '--quiet', '--allow-empty', '--message', date], {
        cwd: clone,
        env: { GIT_AUTHOR_DATE: date },
      });
    await git(['push', '--quiet', 'origin', 'yard'], { cwd: clone });
    await world.ok('lock', 'acquire', 'later', '--agent', 'ann');
    const [newest] = await world.json<Row[]>(['log', '-n', '1']);

    expect((await world.run(['at', '1999-06-01', 'status'])).code).toBe(3);
    expect(await at(newest?.at ?? '', 'lock', 'list')).toMatchObject([{ name: 'later' }]);
  });

  it('draws text as well, and says for when', async () => {
    const { stdout, stderr } = await world.run(['at', 'HEAD~1', 'agent', 'list']);

    expect(stdout).toContain('m1');
    expect(stderr).toMatch(/as it was at .* commit [0-9a-f]{10}/);
  });
});

describe('bisect', () => {
  const when = (expression: string, ...words: string[]) =>
    world.json<Bisected>(['bisect', '--when', expression, ...words]);

  it('finds the first commit by halving, over a cut', async () => {
    const found = await when(`job.${first}.status == succeeded`);

    expect(found).toMatchObject({ commit: commits.ended, way: 'halving', assumesMonotone: true });
    expect(found.looked).toBeLessThan(found.commits);
    expect(await when(`job.${second}.priority < 5`)).toMatchObject({ commit: commits.urgent });
  });

  it('finds what was so for a while only by looking at every commit', async () => {
    const held = 'lock.deploy.holder == ann';
    const halved = await world.run(['bisect', '--when', held]);

    expect(halved).toMatchObject({ code: 1, stdout: expect.stringContaining('--linear looks at every commit') });
    expect(await when(held, '--linear')).toMatchObject({
      before: commits.claimed,
      subject: expect.stringContaining('lock'),
    });
    expect((await world.run(['bisect', '--when', 'jobs.total > 99', '--linear'])).code).toBe(1);
  });

  it('leaves the history as it is', async () => {
    const before = await head();
    await when('jobs.total > 0', '--linear');

    expect(await head()).toBe(before);
    expect(await world.json(['audit'])).toMatchObject({ ok: true });
  });
});
