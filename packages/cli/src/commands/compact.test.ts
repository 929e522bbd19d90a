import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from '@gityard/testing';
import { openYard } from '@gityard/yard';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../program.fixture.ts';

const TEN_DAYS_MS = 864_000_000;

let world: World;
let old: string;
beforeEach(async () => {
  world = await makeWorld();
  old = await endedJob(new Date(Date.now() - TEN_DAYS_MS).toISOString());
});
afterEach(() => world.remove());

async function endedJob(now: string): Promise<string> {
  const yard = openYard({ address: world.yard, actor: 'past' });
  const id = 'old';
  await yard.perform('submit', { id, job: { command: ['true'] }, by: 'ada', now });
  await yard.perform('cancel', { jobId: id, by: 'ada', reason: null, now });
  await yard.close();
  return id;
}

const epochs = async () =>
  (await git(['for-each-ref', '--format=%(refname)', 'refs/gityard'], { cwd: world.yard })).trim();

describe('compact', () => {
  it('archives, cuts, and goes on; what is archived can still be shown', async () => {
    const done = await world.json(['compact', '--reason', 'spring cleaning']);

    expect(done).toMatchObject({ archive: { jobs: 1 }, cut: { epoch: 1 }, bundles: [], dropped: [] });
    expect((await git(['rev-list', '--count', 'yard'], { cwd: world.yard })).trim()).toBe('1');
    expect(await epochs()).toBe('refs/gityard/epochs/0');
    await world.ok('job', 'add', '--', 'true');
    expect(await world.json<unknown[]>(['job', 'list'])).toHaveLength(1);
    expect(await world.json(['job', 'show', old])).toMatchObject({ id: old, status: 'cancelled' });
    expect(await world.json(['job', 'wait', old])).toMatchObject({ id: old });
    expect(await world.json(['job', 'why', old])).toMatchObject({ id: old, status: 'cancelled' });
    expect(await world.run(['job', 'retry', old])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/lies in the archive; add it anew.*ALREADY_FINISHED/),
    });
    expect(await world.run(['job', 'add', '--needs', old, '--', 'true'])).toMatchObject({
      stderr: expect.stringContaining('UNKNOWN_NEED'),
    });
    const [, cut] = await world.json<{ operation: string; reason: string }[]>(['log']);
    expect(cut).toMatchObject({ operation: 'compact', reason: 'spring cleaning' });
    expect(await world.json(['audit'])).toMatchObject({ ok: true, epochs: { verified: [0, 1], missing: [] } });
  });

  it('lets old epochs go into files that Git clones and the audit reads', async () => {
    const backup = join(world.folder, 'backup');

    const done = await world.json(['compact', '--keep-epochs', '0', '--bundle', backup]);

    expect(done).toMatchObject({ bundles: [{ epoch: 0 }], dropped: [0] });
    expect(await epochs()).toBe('');
    expect(await readdir(backup)).toEqual(['epoch-0.bundle']);
    await git(['bundle', 'verify', join(backup, 'epoch-0.bundle')], { cwd: world.yard });
    await git(['clone', '--quiet', join(backup, 'epoch-0.bundle'), 'clone'], { cwd: world.folder });
    const missing = await world.run(['audit']);
    expect([missing.code, missing.stdout]).toEqual([0, expect.stringContaining('epoch 0 is not here')]);
    const whole = await world.json(['audit', '--bundle', backup]);
    expect(whole).toMatchObject({ ok: true, epochs: { verified: [0, 1], missing: [] } });
  });

  it('says what it would do, and does nothing', async () => {
    const before = await git(['for-each-ref'], { cwd: world.yard });

    const told = await world.json(['compact', '--dry-run', '--keep-epochs', '0', '--drop']);

    expect(told).toMatchObject({ dryRun: true, archive: { jobs: 1, messages: 0, pruned: 0 }, epoch: 1, dropped: [0] });
    expect(await git(['for-each-ref'], { cwd: world.yard })).toBe(before);
  });

  it('removes no history without a copy, unless it is told so', async () => {
    expect(await world.run(['compact', '--keep-epochs', '1'])).toMatchObject({ code: 2 });
    expect(await world.run(['compact', '--drop'])).toMatchObject({ code: 2 });

    expect(await world.json(['compact', '--keep-epochs', '0', '--drop'])).toMatchObject({ dropped: [0] });
  });

  it('harms nothing on a server that lets nobody rewrite a branch, and says what keeps it from it', async () => {
    await git(['config', 'receive.denyNonFastForwards', 'true'], { cwd: world.yard });

    const { code, stderr } = await world.run(['compact']);

    expect([code, stderr]).toEqual([6, expect.stringContaining('non-fast-forward')]);
    await world.ok('job', 'add', '--', 'true');
    expect(await world.json(['audit'])).toMatchObject({ ok: true, epochs: { verified: [0] } });
  });
});
