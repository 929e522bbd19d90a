/** Several teams on one yard, through the real program: quotas, roles of one team, costs of each. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../program.fixture.ts';

interface Job {
  readonly id: string;
}
let world: World;
beforeAll(async () => {
  world = await makeWorld();
  await world.configure({
    people: { ann: { roles: ['BuildMaster@team-a'] }, bob: { roles: ['BuildMaster'] } },
    approvals: [{ name: 'production', labels: ['prod'] }],
  });
});
afterAll(() => world.remove());

const add = async (...words: string[]): Promise<string> =>
  (await world.json<Job>(['job', 'add', '--agent', 'carl', ...words])).id;
const next = (agent: string) => world.run(['job', 'next', '--agent', agent, '--json']);

describe('namespaces', () => {
  it('keep a team to what it may have at once, and tell why a job waits', async () => {
    const words = ['--repositories', 'https://git.example/a/*', '--running', '1', '--queued', '2'];
    expect(await world.json(['namespace', 'set', 'team-a', ...words])).toMatchObject({
      name: 'team-a',
      quotas: { running: 1, queued: 2, minutesPerDay: null },
    });
    const [first, second] = [
      await add('--namespace', 'team-a', '--', 'one'),
      await add('--namespace', 'team-a', '--', 'two'),
    ];
    const third = await world.run(['job', 'add', '--namespace', 'team-a', '--json', '--', 'three']);
    expect([third.code, JSON.parse(third.stdout).error.code]).toEqual([1, 'QUOTA_REACHED']);

    expect(JSON.parse((await next('build1')).stdout)).toMatchObject({ id: first });
    expect((await next('build2')).code).toBe(1);
    expect(await world.json(['job', 'why', second])).toMatchObject({
      canEverRun: true,
      reasons: [{ code: 'quota-reached', class: 'will-run', refs: [first] }],
    });
    expect(await world.json(['namespace', 'list'])).toMatchObject([
      { name: 'team-a', usage: { queued: 1, running: [first] } },
    ]);
    expect(await world.ok('namespace', 'list')).toMatch(/^team-a +1 of 2 +1 of 1/m);
    await world.ok('job', 'complete', first, 'succeeded', '--agent', 'build1');
    expect(JSON.parse((await next('build2')).stdout)).toMatchObject({ id: second });
    await world.ok('job', 'complete', second, 'succeeded', '--agent', 'build2');
    expect(await world.json(['stats', 'cost', '--by', 'namespace'])).toMatchObject({
      rows: [{ name: 'team-a', jobs: 2 }],
    });
  });

  it('have people of their own, whose word counts there alone', async () => {
    const [ours, theirs] = [
      await add('--namespace', 'team-a', '--labels', 'prod', '--', 'true'),
      await add('--labels', 'prod', '--', 'true'),
    ];

    expect(await world.json(['namespace', 'show', 'team-a'])).toMatchObject({
      people: { BuildMaster: ['ann', 'bob'] },
    });
    expect((await world.run(['job', 'approve', theirs, '--agent', 'ann'])).code).toBe(6);
    expect(await world.ok('job', 'approve', ours, '--agent', 'ann')).toContain('is approved');
    expect(await world.ok('job', 'approve', theirs, '--agent', 'bob')).toContain('is approved');
    await world.ok('job', 'cancel', ours, theirs);
  });

  it('are struck off, and named rightly', async () => {
    await world.ok('namespace', 'set', 'team-a', '--repositories', 'none', '--running', 'none', '--pool', 'Windows');
    expect(await world.json(['namespace', 'show', 'team-a'])).toMatchObject({
      repositories: [],
      pool: 'Windows',
      quotas: { running: null },
    });
    await world.ok('namespace', 'rm', 'team-a');
    expect(await world.json(['namespace', 'list'])).toEqual([]);
    expect((await world.run(['namespace', 'rm', 'team-a'])).code).toBe(3);
    expect((await world.run(['namespace', 'show', 'team-a'])).code).toBe(3);
    expect((await world.run(['namespace', 'set', 'Team A'])).code).toBe(7);
    expect((await world.run(['namespace', 'set', 'team-a', '--running', 'many'])).code).toBe(2);
    expect(await world.json(['audit'])).toMatchObject({ ok: true, firstViolation: null });
  });
});
