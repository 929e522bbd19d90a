import { startNode } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alike, makeWorld, PROGRAM, type World } from '../program.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  await world.ok('job', 'add', '--labels', 'gpu', '--', 'train', 'model');
  await world.ok('job', 'add', '--', 'make');
  await world.ok('job', 'next', '--agent', 'build1');
  await world.ok('lock', 'acquire', 'deploy', '--ttl', '2h');
});
afterAll(() => world.remove());

describe('status', () => {
  it('tells worst first what there is', async () => {
    expect(alike(await world.ok('status'), world).replace(/(2h|1h 59m)$/m, '<left>')).toMatchInlineSnapshot(`
      "acme  live  at <commit>
      1 needs you · 0 of 1 agent alive · 1 queued, 1 of them stuck · 1 running · today 0 succeeded, 0 failed

      needs you
      ! job <id1> is stuck: no agent fits gpu; nearest is build1, which lacks label gpu

      agents
      agent   pool   status    health   job
      build1  Linux  Building  unknown  <id2>

      jobs
      job                         status   prio (1 = first)  work         agent   since
      <id2>  claimed  5                 make         build1  <age>
      <id1>  stuck    5                 train model          <age>  no agent fits gpu; nearest is build1, which lacks label gpu

      locks
      lock    taken   holder  token  free in
      deploy  1 of 1  tester  1      <left>
      "
    `);
  });

  it('is one JSON value of the promised shape', async () => {
    expect(await world.json(['status'])).toMatchObject({
      yard: 'acme',
      head: expect.stringMatching(/^[0-9a-f]{40}$/),
      connection: { state: 'live', lastContactAt: expect.any(String), pushBudget: { used: 0 }, spool: 0 },
      agents: [{ id: 'build1', status: 'Building', health: 'unknown', job: expect.any(String) }],
      jobs: { queued: 1, running: 1, stuck: 1, succeededToday: 0, failedToday: 0 },
      locks: [{ name: 'deploy', holder: 'tester' }],
      needsYou: [{ code: 'job-stuck' }],
      quarantined: 0,
    });
  });

  it('draws anew when something changed, until it is ended by a signal', async () => {
    const env = { HOME: world.folder, GITYARD_YARD: world.yard };
    const watching = startNode(PROGRAM, ['status', '--watch', '--json'], { env, cwd: world.folder });
    try {
      await watching.waitForLine(/"queued":1/);
      await world.ok('job', 'add', '--labels', 'gpu', '--', 'again');
      await watching.waitForLine(/"queued":2/);

      watching.kill('SIGINT');

      expect(await watching.exit).toEqual({ code: 130, signal: null });
      expect(watching.stdout.map((it) => JSON.parse(it).jobs.queued)).toEqual([1, 2]);
    } finally {
      await watching.dispose();
    }
  });

  it('answers a monitor with its exit code', async () => {
    const { code, stdout } = await world.run(['health', 'check', '--json']);

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      needsYou: expect.arrayContaining([expect.objectContaining({ code: 'job-stuck' })]),
    });
  });
});
