import { afterAll, beforeAll, expect, it } from 'vitest';
import { alike, makeWorld, type World } from '../../program.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.remove());

it('drains, resumes, maintains and removes an agent, and says so', async () => {
  await world.ok('job', 'add', '--', 'make');
  await world.ok('job', 'next', '--agent', 'build1', '--labels', 'gpu', '--pool', 'Docker');

  expect(await world.json(['agent', 'drain', 'build1', '--reason', 'kernel'])).toMatchObject({
    id: 'build1',
    mode: 'draining',
    modeReason: 'kernel',
  });
  expect(await world.ok('agent', 'maintenance', 'bui')).toBe('agent build1 is maintenance\n');
  expect(await world.json(['agent', 'list'])).toMatchObject([
    { id: 'build1', pool: 'Docker', status: 'Maintenance', health: 'unknown' },
  ]);
  expect((await world.run(['agent', 'remove', 'build1'])).code).toBe(4);
  expect(await world.ok('agent', 'resume', 'build1')).toBe('agent build1 is active\n');
  expect(await world.json(['agent', 'show', 'build1'])).toMatchObject({
    id: 'build1',
    labels: ['gpu'],
    status: 'Building',
    jobs: [expect.any(String)],
    allows: { repositories: ['*'], commands: true },
    capabilities: { tools: { node: expect.any(String) } },
  });
  expect((await world.run(['agent', 'show', 'nobody'])).code).toBe(3);
});

it('strikes one off that holds a job only when it is forced, and its job waits again', async () => {
  const { id } = await world.json<{ id: string }>(['job', 'add', '--priority', '1', '--', 'make']);
  expect(await world.json(['job', 'next', '--agent', 'build2'])).toMatchObject({ id, agent: 'build2' });

  expect((await world.run(['agent', 'remove', 'build2'])).code).toBe(4);
  expect(await world.json(['agent', 'remove', 'build2', '--force', '--dry-run'])).toMatchObject({
    dryRun: true,
    summary: `remove agent build2, which held ${id}`,
  });
  expect(await world.json(['agent', 'remove', 'build2', '--force', '--reason', 'sold'])).toEqual({
    id: 'build2',
    removed: true,
    released: [id],
  });

  const job = await world.json<{ attempts: object[] }>(['job', 'show', id]);
  expect(job).toMatchObject({ status: 'queued', agent: null });
  expect(job.attempts).toMatchObject([{ status: 'lost', reason: 'agent build2 was struck off: sold' }]);
  expect(await world.json(['audit'])).toMatchObject({ ok: true, firstViolation: null });
  await world.ok('job', 'cancel', id);
});

it('shows agents as a table', async () => {
  const text = alike(await world.ok('agent', 'list'), world);

  expect(text).toMatchInlineSnapshot(`
    "agent   pool    status    health   job
    build1  Docker  Building  unknown  <id1>
    "
  `);
});
