import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ARCHIVE, archivePathOf, archivePlaceOf, pathOf, shardOf } from '../files/paths.ts';
import { auditYard } from '../history/audit.ts';
import { endOfJob } from '../history/end-of-job.ts';
import { readLog } from '../history/log.ts';
import { ended, type Scene, scene, submitted } from '../spec/scene.ts';
import type { Yard } from '../yard.ts';
import { findArchived } from './archived.ts';
import { tidy } from './tidy.ts';

const march = '2026-03-01T12:00:00Z';
const april = '2026-04-01T12:00:00Z';
const october = '2026-10-01T12:00:00Z';

describe('the archive of a yard', () => {
  let world: Scene;
  let yard: Yard;
  beforeEach(async () => {
    world = await scene();
    yard = await world.start('mac');
    await ended(yard, 'old', march);
    await submitted(yard, 'open', march);
    await yard.perform('send', { id: 'm1', message: { from: 'mac', to: 'ann', subject: 'hi' }, now: march });
    await yard.perform('read', { messageId: 'm1', reader: 'ann', now: march });
  });
  afterEach(() => world.close());

  it('holds what is over byte for byte, and the state does not', async () => {
    const before = await world.person.read(pathOf('job', 'old'));

    expect(await tidy(yard, { now: '2026-04-02T12:00:00Z' })).toEqual({ jobs: 1, messages: 1, pruned: 0 });

    expect(await world.person.read('shared/archive/jobs/2026/03/01/old.json')).toBe(before);
    expect(await world.person.read(pathOf('job', 'old'))).toBeUndefined();
    expect(await world.person.read('shared/archive/messages/2026/03/m1.json')).toBeDefined();
    expect([[...yard.state.jobs].map((it) => it.id), yard.state.messages.size]).toEqual([['open'], 0]);
    expect(await auditYard(yard)).toMatchObject({ ok: true });
  });

  it('holds the manifest and the attestation of a job beside each other, and both stay what they were', async () => {
    const id = await attested(yard, 'made', march);
    expect(await tidy(yard, { now: april })).toMatchObject({ jobs: 2 });

    expect(yard.state.attestations.size).toBe(0);
    expect(findArchived(yard, 'attestation', id)).toMatchObject({ ok: true, value: { job: id, agent: 'mac' } });
    expect(findArchived(yard, 'manifest', id)).toMatchObject({ ok: true });
    expect(await endOfJob(yard, id)).toMatchObject({
      attestation: { job: id },
      manifest: { job: id },
      publicKey: null,
    });
    expect(await auditYard(yard)).toMatchObject({ ok: true });
  });

  it('is counted by programs that were there and by those that come later alike', async () => {
    await tidy(yard, { now: april });
    const late = await world.start('late');

    expect(late.state.archive.get('jobs/2026/03/01')).toEqual({ id: 'jobs/2026/03/01', files: 1 });
    expect([...late.state.archive]).toEqual([...yard.state.archive]);
  });

  it('costs nothing while nothing is over', async () => {
    const { pushes } = world.remote.counters;

    expect(await tidy(yard, { now: march })).toEqual({ jobs: 0, messages: 0, pruned: 0 });

    expect(world.remote.counters.pushes).toBe(pushes);
  });

  it('is filled once, however many do it', async () => {
    const other = await world.start('pc');

    const both = await Promise.all([tidy(yard, { now: april }), tidy(other, { now: april })]);

    expect(both.map((it) => ('jobs' in it ? it.jobs : it)).sort()).toEqual([0, 1]);
    expect((await readLog(yard)).filter((it) => it.operation === 'archive')).toHaveLength(1);
  });

  it('gives back what is asked for by its id or the beginning of it', async () => {
    await ended(yard, 'older', march);
    await tidy(yard, { now: april });

    expect(findArchived(yard, 'job', 'olde')).toMatchObject({ ok: true, value: { id: 'older', status: 'cancelled' } });
    expect(findArchived(yard, 'job', 'old')).toMatchObject({ ok: true, value: { id: 'old' } });
    expect(findArchived(yard, 'job', 'ol')).toMatchObject({ code: 'AMBIGUOUS_ID' });
    expect(findArchived(yard, 'job', 'open')).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('lets go what has lain there long enough, and the history keeps it', async () => {
    await tidy(yard, { now: april });

    expect(await tidy(yard, { now: october })).toMatchObject({ pruned: 2 });

    expect(yard.paths(ARCHIVE)).toEqual([]);
    expect(yard.state.archive.size).toBe(0);
    expect(await auditYard(yard)).toMatchObject({ ok: true });
  });

  it('keeps a broken file out until it was judged', async () => {
    await world.person.commit('Oops', { [pathOf('job', 'old')]: '{ "id": ' });
    await yard.refresh();

    expect(await tidy(yard, { now: april })).toMatchObject({ jobs: 0 });
  });

  it.each([
    ['changes a file in it', { 'shared/archive/jobs/2026/03/01/old.json': '{}' }],
    ['removes a file from it', { 'shared/archive/jobs/2026/03/01/old.json': null }],
    ['puts a file into it', { 'shared/archive/jobs/2026/03/01/new.json': '{}' }],
  ])('tells in the audit of a person who %s', async (_, files) => {
    await tidy(yard, { now: april });
    const planted = await world.person.commit('Tidying up', files);

    expect(await auditYard(yard)).toMatchObject({ firstViolation: { commit: planted, rule: 'archive-kept' } });
  });
});

describe('paths of the archive', () => {
  it('get a shard before a folder has 3,000 entries, and both are read', () => {
    const [plain, sharded] = [
      archivePathOf('jobs/2026/03/01', 'x', 2_499),
      archivePathOf('jobs/2026/03/01', 'x', 2_500),
    ];

    expect(plain).toBe('shared/archive/jobs/2026/03/01/x.json');
    expect(sharded).toBe(`shared/archive/jobs/2026/03/01/${shardOf('x')}/x.json`);
    for (const path of [plain, sharded])
      expect(archivePlaceOf(path)).toEqual({ folder: 'jobs/2026/03/01', kind: 'job', id: 'x' });
  });

  it.each(['shared/archive/messages/2026/03/m.json', `shared/archive/messages/2026/03/${shardOf('m')}/m.json`])(
    'hold messages by the month: %s',
    (path) => {
      expect(archivePlaceOf(path)).toEqual({ folder: 'messages/2026/03', kind: 'message', id: 'm' });
    },
  );

  it.each([
    'shared/archive/jobs/2026/03/x.json',
    'shared/archive/jobs/2026/03/01/zz/x.json',
    'shared/archive/jobs/2026/03/01/X.json',
    'shared/archive/jobs/2026/03/01/x.txt',
    'shared/archive/README.md',
  ])('leave alone what is not theirs: %s', (path) => {
    expect(archivePlaceOf(path)).toBeUndefined();
  });
});

/** A job that its agent built, with what it signed for it. */
async function attested(yard: Yard, id: string, now: string): Promise<string> {
  const token = 1;
  const allows = { repositories: [], commands: true };
  await yard.perform('register', { agent: { id: 'mac', host: 'h', boot: yard.boot, allows }, replaces: null, now });
  await submitted(yard, id, now);
  await yard.perform('claim', { agentId: 'mac', boot: yard.boot, jobId: id, now });
  const made = { schemaVersion: 1, job: id, agent: 'mac', token, createdAt: now };
  const artifact = { name: 'a', path: 'a', sizeBytes: 1, contentType: 'text/plain', md5: null, sha512: null };
  const envelope = { payloadType: 'application/vnd.in-toto+json', payload: 'e30=', signatures: [] };
  const finished = await yard.perform('finish', {
    jobId: id,
    agentId: 'mac',
    token,
    status: 'succeeded',
    cause: null,
    exitCode: 0,
    signal: null,
    reason: null,
    stages: [],
    result: {},
    manifest: { ...made, branch: null, commit: null, artifacts: [{ ...artifact, sha256: 'a'.repeat(64) }] },
    attestation: { ...made, envelope },
    now,
  });
  if (!finished.ok) throw new Error(finished.reason);
  return id;
}
