import { git } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../program.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.remove());

const app = 'https://git.example.org/app.git';
const record = (job: string, agent: string, seconds: number, status = 'succeeded') =>
  world.json([
    'predict',
    'record',
    job,
    agent,
    'main',
    'abcdef0123',
    String(seconds),
    status,
    '3',
    '4096',
    '--repo',
    app,
  ]);

describe('predict', () => {
  it('knows nothing of an empty yard, and says so', async () => {
    const { code, stdout } = await world.run(['predict', 'duration', 'main', '--json']);

    expect([code, JSON.parse(stdout)]).toMatchObject([1, { p50: null, p90: null, n: 0 }]);
    expect(await world.ok('predict', 'stats')).toBe('no builds are known\n');
    expect((await world.run(['predict', 'agent', 'main'])).code).toBe(1);
  });

  it('notes what scripts tell, once', async () => {
    const first = await record('s0', 'build1', 100);
    const again = await record('s0', 'build1', 999);

    expect(first).toMatchObject({ job: 's0', attempt: 1, seconds: 100, artifacts: 3, bytes: 4096, isNew: true });
    expect(again).toMatchObject({ seconds: 100, isNew: false, commit: 'abcdef0123', stateCommit: null });
    expect(first.stateCommit).toMatch(/^[0-9a-f]{40}$/);
    const [file = ''] = (await git(['ls-tree', '--name-only', 'yard:shared/metrics'], { cwd: world.yard })).split('\n');
    expect(file).toMatch(/^\d{4}-\d\d\.jsonl$/);
    const lines = await git(['show', `yard:shared/metrics/${file}`], { cwd: world.yard });
    expect(
      lines
        .trim()
        .split('\n')
        .map((it) => JSON.parse(it)),
    ).toMatchObject([{ job: 's0', branch: 'main', repository: app }]);
  });

  it('counts what agents of the yard built, from their end on', async () => {
    const { id } = await world.json<{ id: string }>(['job', 'add', '--', 'make']);
    await world.ok('job', 'next', '--agent', 'build2');
    await world.ok('job', 'complete', id, 'succeeded', '40', '--agent', 'build2');

    expect(await world.json(['predict', 'stats'])).toMatchObject({
      builds: 2,
      byAgent: [
        { agent: 'build1', builds: 1 },
        { agent: 'build2', builds: 1, p50: 40 },
      ],
    });
    expect(await record(id, 'build2', 7)).toMatchObject({ seconds: 40, isNew: false });
  });

  it('tells how long a build takes, by what, and how often it fails', async () => {
    for (let at = 1; at < 10; at++) await record(`s${at}`, 'build1', 100, at === 9 ? 'failed' : 'succeeded');
    await world.ok('branch', 'add', 'nightly', app, '--branch', 'main');

    const told = await world.json(['predict', 'duration', 'nightly']);

    expect(told).toMatchObject({ branch: 'main', repository: app, p50: 100, p90: 100, n: 9, failureShare: 0.1 });
    const noted = ['predict', 'record', 'p0', 'build1', 'nightly', 'abcdef0123', '100', 'succeeded'];
    expect(await world.json(noted)).toMatchObject({ branch: 'main', repository: app });
    expect(told.basis).toBe(`9 builds of ${app}, of branch main, Incremental`);
    expect(
      await world.ok('predict', 'duration', 'main', '--agent', 'build1', '--at', '2026-05-01T10:00:00Z'),
    ).toContain('1m 40s');
  });

  it('tells which agent should build, and why', async () => {
    const { recommended, agents } = await world.json<{
      recommended: string;
      agents: { agent: string; why: string[] }[];
    }>(['predict', 'agent', 'main', '--repo', app]);

    expect(recommended).toBe('build2');
    expect(agents[0]?.why).toContain('has 1 free slot');
    expect((await world.run(['predict', 'agent', 'main', '--labels', 'gpu'])).code).toBe(1);
  });

  it.each<[number, string[]]>([
    [2, ['record', 'x', 'build1', 'main', 'abc', 'long', 'succeeded']],
    [2, ['record', 'x', 'build1', 'main', 'abc', '5', 'perhaps']],
    [7, ['record', 'No Name', 'build1', 'main', 'abc', '5', 'succeeded']],
    [2, ['duration', 'main', '--at', 'noon']],
    [2, ['duration']],
    [2, ['agent', 'main', '--requires', '>>']],
  ])('exits with %i for predict %j', async (code, words) => {
    expect((await world.run(['predict', ...words])).code).toBe(code);
  });

  it('tells of a line that cannot be read, counts the others, and names whose it is', async () => {
    const [file = ''] = (await git(['ls-tree', '--name-only', 'yard:shared/metrics'], { cwd: world.yard })).split('\n');
    const path = `shared/metrics/${file}`;
    expect(await world.json(['audit'])).toMatchObject({ ok: true });

    await world.edit({ [path]: `${await git(['show', `yard:${path}`], { cwd: world.yard })}{"job":\n` });

    const { code, stderr, stdout } = await world.run(['predict', 'stats', '--json']);
    expect([code, JSON.parse(stdout).builds]).toEqual([0, 12]);
    expect(stderr).toContain(`${path}:12 is left out`);
    expect(await world.json(['audit'])).toMatchObject({ ok: false, firstViolation: { rule: 'metrics-kept' } });
  });
});
