import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditYard } from '../history/audit.ts';
import { readLog } from '../history/log.ts';
import { finish, heldJob, NOW, type SpoolWorld, send, spoolWorld, submit } from './spool.fixture.ts';
import { openSpool } from './spool.ts';

let world: SpoolWorld;
beforeEach(async () => {
  world = await spoolWorld();
});
afterEach(() => world.close());

const jobs = async (names: readonly string[]) => names.map((it) => ({ operation: submit(it) }));

describe('a spool', () => {
  it('hands in what waits, in its order and under its own name, in one commit, and knows of each how it ended', async () => {
    const yard = await world.yard('mac');
    const spool = await world.spool();
    const accepted = await spool.accept(await jobs(['j1', 'j2', 'j3']), { because: 'no network' });
    expect(await spool.waiting()).toMatchObject([{ because: 'no network', returns: 0 }, {}, {}]);

    const replayed = await spool.replay(yard);

    expect(replayed).toMatchObject({ committed: 3, refused: [], held: undefined });
    expect(await Promise.all(accepted.map((it) => it.settled))).toEqual(
      accepted.map(() => ({ kind: 'done', commit: yard.head })),
    );
    const rows = (await readLog(yard)).slice(0, 3);
    expect(rows.map((it) => [it.operation, it.job, it.transaction?.replace(/spool\.\w+/, 'spool.x')])).toEqual([
      ['submit', 'j3', 'mac.spool.x.3'],
      ['submit', 'j2', 'mac.spool.x.2'],
      ['submit', 'j1', 'mac.spool.x.1'],
    ]);
    expect(await spool.count()).toBe(0);
    expect(await auditYard(yard)).toMatchObject({ ok: true, operations: 3 });
  });

  it('keeps what was accepted while the remote is away, for any process of this machine', async () => {
    const yard = await world.yard('mac');
    world.goAway();
    await (await world.spool()).accept(await jobs(['j1']));
    const other = await world.spool();
    await other.accept(await jobs(['j2']));

    await expect(other.replay(yard)).rejects.toMatchObject({ code: 'REMOTE_UNREACHABLE' });

    expect(await other.count()).toBe(2);
    world.comeBack();
    await other.replay(yard);
    expect([...(await yard.refresh()).jobs].map((it) => it.id)).toEqual(['j1', 'j2']);
  });

  it('sends a batch of at most a hundred at a time', async () => {
    const yard = await world.yard('mac');
    const spool = await world.spool();
    await spool.accept(await jobs(Array.from({ length: 250 }, (_, at) => `j${at}`)));
    const before = world.remote.counters.pushes;

    await spool.replay(yard);

    expect(world.remote.counters.pushes - before).toBe(3);
    expect((await yard.refresh()).jobs.size).toBe(250);
  });

  it('has one effect when answers are lost, whichever of them', async () => {
    const yard = await world.yard('mac');
    const spool = await world.spool();
    for (const [at, fault] of (['lose-reply', 'drop', 'zombie', 'lose-reply'] as const).entries()) {
      await spool.accept([{ operation: submit(`j${at}`) }, { operation: send(`m${at}`) }]);
      world.remote.faults.next = fault;
      await spool.replay(yard);
      world.remote.releaseZombies();
    }

    const state = await yard.refresh();
    expect([state.jobs.size, state.messages.size, await spool.count()]).toEqual([4, 4, 0]);
    expect(await spool.refused()).toEqual([]);
    expect(await auditYard(yard)).toMatchObject({ ok: true, operations: 8 });
  });

  it('tells whoever waits that another process handed it in', async () => {
    const yard = await world.yard('mac');
    const spool = await world.spool();
    const [accepted] = await spool.accept(await jobs(['j1']));

    await (await world.spool()).replay(yard);
    await spool.replay(yard);

    expect(await accepted?.settled).toEqual({ kind: 'elsewhere' });
  });
});

describe('what the yard refuses', () => {
  it('is kept and told, and does not sink the others', async () => {
    const yard = await world.yard('mac');
    const spool = await world.spool();
    const needy = submit('needy', { command: ['true'], needs: ['nobody'] });
    const [, refused] = await spool.accept([
      { operation: submit('j1') },
      { operation: needy },
      { operation: submit('j2') },
    ]);

    const replayed = await spool.replay(yard);

    const row = { id: refused?.id, name: 'submit', about: 'needy', code: 'UNKNOWN_NEED', input: needy.input };
    expect(replayed).toMatchObject({ committed: 2, refused: [row] });
    expect(await refused?.settled).toMatchObject({ kind: 'refused', code: 'UNKNOWN_NEED' });
    expect(await (await world.spool()).refused()).toMatchObject([row]);
    await spool.forgetRefused();
    expect(await spool.refused()).toEqual([]);
  });

  it('is told also when the process died between the commit and its own note of it', async () => {
    const yard = await world.yard('mac');
    const spool = await world.spool();
    await spool.accept([
      { operation: submit('j1') },
      { operation: submit('n', { command: ['x'], needs: ['nobody'] }) },
    ]);
    const checkpoint = join(spool.place.folder, 'checkpoint');
    const folder = await readdir(spool.place.folder);
    const log = join(spool.place.folder, folder.find((it) => it.endsWith('.log')) ?? '');
    const records = await readFile(log);
    const planned = await plannedIn(checkpoint, spool.place.folder);
    await spool.replay(yard);
    await spool.forgetRefused();
    // As it was when the batch had been sent, and nothing after that had come to the disk.
    await writeFile(log, records);
    await writeFile(checkpoint, planned);

    const replayed = await (await world.spool()).replay(yard);

    expect(replayed).toMatchObject({ committed: 1, refused: [{ about: 'n', code: 'UNKNOWN_NEED' }] });
    expect(await auditYard(yard)).toMatchObject({ ok: true, operations: 1 });
  });

  it('is a thing done when it stands there already with the same contents, and a refusal otherwise', async () => {
    const yard = await world.yard('mac');
    const direct = await world.yard('mac-cli');
    await direct.perform('submit', { id: 'j1', job: { command: ['true'] }, by: 'ada', now: NOW });
    await direct.perform('submit', { id: 'j2', job: { command: ['true'] }, by: 'bob', now: NOW });
    await direct.perform('send', {
      id: 'm1',
      message: { from: 'ada', to: 'all', subject: 'hi', body: 'm1' },
      now: NOW,
    });
    const spool = await world.spool();
    await spool.accept([...(await jobs(['j1', 'j2'])), { operation: send('m1') }]);

    expect(await spool.replay(yard)).toMatchObject({ committed: 2, refused: [{ about: 'j2', code: 'DUPLICATE_ID' }] });
  });
});

describe('a spool', () => {
  it('takes in nothing that looks like a secret, so that it lies on no disk either', async () => {
    const spool = await world.spool();
    const secret = send('m1', `password=${'hunter2'}`);

    await expect(spool.accept([{ operation: submit('j1') }, { operation: secret }])).rejects.toMatchObject({
      code: 'SECRET_FOUND',
    });

    expect(await spool.count()).toBe(0);
    await spool.accept([{ operation: { ...secret, allowSecrets: ['password'] } }]);
    expect(await spool.replay(await world.yard('mac'))).toMatchObject({ committed: 1, refused: [] });
  });
});

describe('a result that waits', () => {
  it('ends its job', async () => {
    const yard = await world.yard('mac');
    const job = await heldJob(yard, 'j1');
    const spool = await world.spool();
    await spool.accept([{ operation: finish(job) }]);

    await spool.replay(yard);

    expect((await yard.refresh()).jobs.get('j1')).toMatchObject({ status: 'succeeded' });
  });

  it('is done when an earlier try had arrived', async () => {
    const yard = await world.yard('mac');
    const job = await heldJob(yard, 'j1');
    await yard.perform('finish', finish(job).input);
    const spool = await world.spool();
    await spool.accept([{ operation: finish(job) }]);

    expect(await spool.replay(yard)).toMatchObject({ committed: 1, refused: [] });
  });

  it('becomes a note when the job was given to somebody else, and whoever waits for it hears that it came late', async () => {
    const yard = await world.yard('mac');
    const job = await heldJob(yard, 'j1');
    await yard.perform('requeue', { jobId: 'j1', token: job.token, by: 'reaper', reason: 'silent', now: NOW });
    const spool = await world.spool();
    const [accepted] = await spool.accept([{ operation: finish(job) }]);

    await spool.replay(yard);
    await spool.replay(yard);

    expect(await accepted?.settled).toMatchObject({ kind: 'late', reason: expect.stringContaining('j1') });
    expect((await yard.refresh()).jobs.get('j1')?.attempts[0]).toMatchObject({ late: { status: 'succeeded' } });
    expect([await spool.count(), await spool.refused()]).toEqual([0, []]);
  });
});

describe('the log of a build', () => {
  it('is published before the result that names it', async () => {
    const yard = await world.yard('mac');
    const job = await heldJob(yard, 'j1');
    const spool = await world.spool();
    const files = [{ path: 'mac/logs/j1_20260301T120000Z.json', content: Buffer.from('{}') }];
    await spool.accept([{ operation: finish(job) }, { log: { agent: 'mac', job: 'j1', files } }]);
    const logs = () => world.remote.refs.get('refs/heads/yard-logs');
    const before = logs();
    let atTheEnd: string | undefined;
    yard.onChange(() => {
      if (yard.state.jobs.get('j1')?.status === 'succeeded') atTheEnd ??= logs();
    });

    await spool.replay(yard);

    expect(atTheEnd).not.toBe(before);
    expect(atTheEnd).toBe(logs());
    expect((await yard.logs.filesOf('j1')).map((it) => it.path)).toEqual(files.map((it) => it.path));
  });

  it('holds up no result when the remote takes none', async () => {
    const yard = await world.yard('mac');
    const job = await heldJob(yard, 'j1');
    const spool = await world.spool();
    const files = [{ path: 'mac/logs/j1_20260301T120000Z.json', content: Buffer.from('{}') }];
    await spool.accept([{ log: { agent: 'mac', job: 'j1', files } }, { operation: finish(job) }]);
    world.remote.faults.declines = ({ updates }) =>
      updates[0]?.ref === 'refs/heads/yard-logs' ? 'no logs' : undefined;

    const replayed = await spool.replay(yard);

    expect(replayed).toMatchObject({ committed: 1, refused: [{ name: 'log', about: 'j1', code: 'DENIED' }] });
  });
});

describe('what stands in the way for a while', () => {
  it('holds everything back while the yard belongs to a newer program', async () => {
    const yard = await world.yard('mac');
    const spool = await world.spool();
    await spool.accept(await jobs(['j1', 'j2']));
    await configureNewer(true);

    expect(await spool.replay(yard)).toMatchObject({ committed: 0, held: { code: 'NEWER_SCHEMA' } });
    expect([spool.held?.code, await spool.count()]).toEqual(['NEWER_SCHEMA', 2]);

    await configureNewer(false);
    await yard.refresh();
    expect(await spool.replay(yard)).toMatchObject({ committed: 2, held: undefined });
  });

  it('puts one back whose file is broken, and hands the others in', async () => {
    const yard = await world.yard('mac');
    const job = await heldJob(yard, 'j1');
    const { pathOf } = await import('../files/paths.ts');
    const path = pathOf('job', 'j1');
    const content = yard.read(path) ?? new Uint8Array();
    await world.commit(path, Buffer.from('{ broken'));
    await yard.refresh();
    const spool = await world.spool();
    await spool.accept([{ operation: finish(job) }, { operation: submit('j2') }]);

    expect(await spool.replay(yard)).toMatchObject({ committed: 1, refused: [] });
    expect(await spool.waiting()).toMatchObject([{ returns: 1, operation: { name: 'finish' } }]);

    await world.commit(path, content);
    await yard.refresh();
    expect(await spool.replay(yard)).toMatchObject({ committed: 1 });
    expect((await yard.refresh()).jobs.get('j1')).toMatchObject({ status: 'succeeded' });
  });

  const configureNewer = (newer: boolean) =>
    world.commit('yard.json', Buffer.from(`{ "schemaVersion": ${newer ? 99 : 1} }`));
});

describe('a copy of a spool', () => {
  it('that was brought back from before takes another name, so that nothing new counts as known', async () => {
    const yard = await world.yard('mac');
    const spool = await world.spool();
    await spool.accept(await jobs(['j1']));
    await spool.replay(yard);
    const before = await readFile(join(spool.place.folder, 'checkpoint'));
    await spool.accept(await jobs(['j2', 'j3']));
    await spool.replay(yard);
    await writeFile(join(spool.place.folder, 'checkpoint'), before);

    const copy = await world.spool();
    await copy.accept(await jobs(['j4', 'j5']));
    await copy.replay(yard);

    expect([...(await yard.refresh()).jobs].map((it) => it.id).sort()).toEqual(['j1', 'j2', 'j3', 'j4', 'j5']);
    expect(await auditYard(yard)).toMatchObject({ ok: true, operations: 5 });
  });
});

/** The checkpoint as it is when a batch has been handed out. */
async function plannedIn(path: string, folder: string): Promise<Buffer> {
  const { openSpoolLog } = await import('@gityard/store');
  const log = await openSpoolLog({ folder, newName: () => 'never used' });
  await log.take({ records: 100, bytes: 1 << 20 });
  return readFile(path);
}

it('a spool is of one yard', async () => {
  const elsewhere = { ...world.placeOf('home'), folder: join(world.folder, 'home', 'spool', 'another') };
  await (await openSpool({ place: elsewhere, identity: 'mac' })).accept(await jobs(['j1']));

  expect(await (await world.spool()).count()).toBe(0);
});
