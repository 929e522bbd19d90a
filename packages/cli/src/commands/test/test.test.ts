import { openYard } from '@gityard/yard';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../program.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.remove());

const repository = 'https://git.example/acme/app.git';

/** A build of the repository, by hand, and how one of its tests ended. */
async function aBuild(outcome: 'failed' | 'passed', commit: string): Promise<void> {
  const words = ['--repo', repository, '--branch', 'main', '--commit', commit.repeat(40)];
  const { id } = await world.json<{ id: string }>(['job', 'add', ...words, '--priority', '1']);
  await world.ok('job', 'next', '--agent', 'hand');
  const yard = openYard({ address: world.yard, actor: 'hand' });
  await yard.refresh();
  const runs = { failed: [], passed: [], retried: [], [outcome]: ['T.Shaky'] };
  const holder = { jobId: id, agentId: 'hand', token: 1, signal: null, stages: [], result: {}, now: yard.now() };
  const ended = { status: 'succeeded', cause: null, exitCode: 0, reason: null, testRuns: runs } as const;
  expect(await yard.perform('finish', { ...holder, ...ended })).toMatchObject({ ok: true });
  await yard.close();
}
const list = (...words: string[]) => world.json<unknown[]>(['test', 'list', ...words]);

describe('test', () => {
  it('tells of a test that failed and passed on the same commit, quarantines it and lets it out', async () => {
    await aBuild('failed', 'a');
    expect(await list()).toMatchObject([{ repository, name: 'T.Shaky', flaky: false, failures: 1, passes: 0 }]);
    expect(await list('--flaky')).toEqual([]);
    await aBuild('passed', 'a');
    expect(await list('--flaky')).toMatchObject([{ name: 'T.Shaky', flaky: true, failures: 1, passes: 1 }]);

    const words = ['T.Shaky', '--until', '2d', '--reason', 'needs a clock'];
    expect(await world.ok('test', 'quarantine', ...words, '--dry-run')).toContain('quarantine test T.Shaky');
    const done = await world.json<{ quarantinedUntil: string }>(['test', 'quarantine', ...words]);

    expect(done).toMatchObject({ repository, name: 'T.Shaky', commit: expect.any(String) });
    expect(await list()).toMatchObject([{ quarantinedUntil: done.quarantinedUntil, reason: 'needs a clock' }]);
    expect(await world.ok('test', 'list')).toContain('in quarantine until');
    expect(await world.ok('test', 'release', 'T.Shaky')).toContain('T.Shaky counts again');
    expect(await list()).toEqual([]);
    expect(await world.json(['audit'])).toMatchObject({ ok: true });
  });

  it.each([
    ['without a reason', 2, 'USAGE', ['quarantine', 'T.X', '--repo', repository]],
    ['of no known repository', 2, 'USAGE', ['quarantine', 'T.X', '--reason', 'x']],
    ['for ever', 7, 'INVALID_DATA', ['quarantine', 'T.X', '--repo', repository, '--until', '91d', '--reason', 'x']],
    ['that nothing is known of', 3, 'NOT_FOUND', ['release', 'T.X', '--repo', repository]],
  ])('refuses one %s', async (_, exitCode, code, words) => {
    const { code: exit, stdout } = await world.run(['--json', 'test', ...words]);

    expect([exit, JSON.parse(stdout).error.code]).toEqual([exitCode, code]);
  });
});
