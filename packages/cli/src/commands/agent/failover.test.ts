import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../program.fixture.ts';

let world: World;
const ids = new Map<string, string>();
const id = (name: string): string => ids.get(name) ?? name;
async function add(name: string, ...flags: string[]): Promise<void> {
  const { id: made } = await world.json<{ id: string }>(['job', 'add', ...flags, '--', name]);
  ids.set(name, made);
}
const assigned = async (name: string) =>
  await world.json<{ assignedTo: string | null; status: string; movedFrom: string | null }>(['job', 'show', id(name)]);

beforeAll(async () => {
  world = await makeWorld();
  for (const agent of ['build1', 'build2']) {
    await world.run(['job', 'next', '--agent', agent]);
    await world.ok('health', 'update', '--agent', agent, '--cpu', '5');
  }
  await add('held', '--assign', 'build1', '--priority', '1');
  await world.ok('job', 'next', '--agent', 'build1');
  await add('waits', '--assign', 'build1');
  await add('free');
});
afterAll(() => world.remove());

describe('agent failover', () => {
  it('says beforehand what it would do, and does nothing', async () => {
    expect(await world.json(['agent', 'failover', 'build1', 'build2', '--dry-run'])).toMatchObject({
      moved: [id('waits')],
      left: [id('held')],
      dryRun: true,
    });
    expect(await assigned('waits')).toMatchObject({ assignedTo: 'build1' });
  });

  it('is understood in the words of the predecessor, as are a job for an agent and its log', async () => {
    expect(await world.json(['failover', 'build1', 'build2', '--dry-run'])).toMatchObject({ moved: [id('waits')] });
    expect(await world.json(['assign', id('free'), 'build2', '--dry-run'])).toMatchObject({
      operation: 'assign',
      dryRun: true,
    });
    const logs = await world.run(['logs', 'build1']);
    expect(logs).toMatchObject({
      code: 3,
      stderr: expect.stringContaining(`job ${id('held')} is claimed and has no log`),
    });
    expect(await world.run(['logs', 'build2'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('ran no job'),
    });
  });

  it('leaves what a living agent builds, and moves what waits for it', async () => {
    const text = await world.ok('agent', 'failover', 'build1', 'build2', '--reason', 'the disk is dying');

    expect(text).toContain('agent build1 takes no more jobs');
    expect(text).toContain('1 job went to build2');
    expect(await assigned('waits')).toMatchObject({ assignedTo: 'build2', movedFrom: 'build1' });
    expect(await assigned('held')).toMatchObject({ status: 'claimed' });
    expect(await world.json(['agent', 'show', 'build1'])).toMatchObject({
      mode: 'draining',
      modeReason: 'the disk is dying',
    });
    expect((await world.json<{ operation: string; reason: string }[]>(['log', '-n', '1']))[0]).toMatchObject({
      operation: 'fail-over',
      reason: 'the disk is dying',
    });
  });

  it('takes from a silent agent also what it holds', async () => {
    const silent = { lateAfterIntervals: 1, silentAfterIntervals: 1, silentAtLeastSeconds: 0 };
    await world.configure({ health: silent });
    await world.ok('health', 'update', '--agent', 'build1', '--cpu', '5', '--every', '1s');
    await world.ok('health', 'update', '--agent', 'build2', '--cpu', '5', '--every', '1h');
    for (;;) {
      const { health } = await world.json<{ health: string }>(['agent', 'show', 'build1']);
      if (health === 'silent') break;
    }

    expect(await world.json(['agent', 'failover', 'build1', 'build2'])).toMatchObject({
      requeued: [id('held')],
      moved: [id('held')],
      left: [],
    });
    expect(await assigned('held')).toMatchObject({ status: 'queued', assignedTo: 'build2', movedFrom: 'build1' });
    expect(await world.json(['audit'])).toMatchObject({ ok: true });
  });

  it('gives nothing to an agent that is silent itself', async () => {
    expect((await world.run(['agent', 'failover', 'build2', 'build1'])).stderr).toContain(
      'build1 gives no sign of life',
    );
  });

  it.each([
    [['build1', 'nobody'], 3],
    [['build2', 'build2'], 4],
    [['build2', 'build1'], 4],
    [['build1'], 2],
  ])('takes no %j', async (words, code) => {
    expect((await world.run(['agent', 'failover', ...words])).code).toBe(code);
  });
});
