/** Whole imports, from generated repositories of a predecessor into a yard in memory. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { auditYard, findArchived, type Yard } from '@gityard/yard';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importPredecessor } from './import-predecessor.ts';
import { type Scene, scene, wish } from './scene.fixture.ts';

let world: Scene;
beforeEach(async () => {
  world = await scene();
});
afterEach(() => world.close());

const idsOf = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${prefix}${String(at).padStart(3, '0')}`);
const message = (id: string, more: object = {}) => ({
  id,
  from: 'build1',
  to: 'build2',
  subject: `about ${id}`,
  body: `all of ${id}`,
  timestamp: '2025-11-13T04:00:00Z',
  ...more,
});
const listOf = (...messages: readonly object[]): string => JSON.stringify({ messages }, null, 1);

/** So old, nobody is asked to read it any more. */
const isThere = (yard: Yard, id: string): boolean =>
  findArchived(yard, 'message', id).ok && !yard.state.messages.has(id);

describe('import-predecessor', () => {
  it('takes over what is there, each kind with all of it', async () => {
    const predecessor = await world.predecessor();
    const yard = await world.yard();

    const report = await importPredecessor(yard, wish(predecessor.path));

    expect(report.kinds).toMatchObject({
      agent: { imported: 4, quarantined: 0 },
      branch: { imported: 2 },
      lock: { imported: 1, dropped: 1 },
      job: { imported: predecessor.jobs.length },
      message: { imported: predecessor.messages.length + 2, quarantined: 0 },
    });
    for (const id of predecessor.messages) expect(isThere(yard, id)).toBe(true);
    expect((await auditYard(yard)).firstViolation).toBeNull();
  });

  it('starts nothing: servers in maintenance, open jobs paused, automatic builds off', async () => {
    const predecessor = await world.predecessor({ jobs: 8 });
    const yard = await world.yard();

    await importPredecessor(yard, wish(predecessor.path));

    const { agents, jobs, branches, locks, heartbeats } = yard.state;
    expect([...agents].map((it) => [it.id, it.mode, it.pool]).sort()).toEqual([
      ['build1', 'maintenance', 'Linux'],
      ['build2', 'maintenance', 'Linux'],
      ['build3', 'maintenance', 'Linux'],
      ['windows-box', 'maintenance', 'Windows'],
    ]);
    expect(heartbeats.size).toBe(0);
    const open = [...jobs].filter((it) => it.status === 'queued');
    expect(open).toHaveLength(4);
    expect(open.every((it) => it.paused?.by === 'import')).toBe(true);
    expect(branches.branches.main).toMatchObject({ priority: 1, autoBuild: false, enabled: true });
    expect(locks.get('apt-repo')).toMatchObject({
      holders: [{ holder: 'build2', expiresAt: '2099-01-01T00:00:00.000Z' }],
    });
  });

  it('keeps what is first the first: priorities are never turned round', async () => {
    const jobs = [1, 5, 10].map((priority) => ({
      id: `j${priority}`,
      status: 'queued',
      branch: 'main',
      priority,
      created_at: 1_763_000_000,
    }));
    const predecessor = await world.predecessor({ files: { 'coordination/jobs.json': JSON.stringify({ jobs }) } });
    const yard = await world.yard();

    await importPredecessor(yard, wish(predecessor.path));

    expect(['j1', 'j5', 'j10'].map((id) => yard.state.jobs.get(id)?.priority)).toEqual([1, 5, 10]);
  });

  it('changes nothing the second time', async () => {
    const predecessor = await world.predecessor();
    const yard = await world.yard();
    const first = await importPredecessor(yard, wish(predecessor.path));
    const { head } = yard;

    const second = await importPredecessor(yard, wish(predecessor.path));

    expect(second.total).toMatchObject({ imported: 0, repaired: 0, quarantined: 0, unchanged: first.total.imported });
    expect(second.commits).toEqual([]);
    await yard.refresh();
    expect(yard.head).toBe(head);
  });

  it('adds only what is new when more has come, also under another address', async () => {
    const yard = await world.yard();
    await importPredecessor(yard, wish((await world.predecessor({ messages: 40 })).path));

    const report = await importPredecessor(yard, wish((await world.predecessor({ messages: 50 })).path));

    expect(report.kinds.message).toMatchObject({ imported: 10, unchanged: 42 });
    expect((await auditYard(yard)).ok).toBe(true);
  });

  it('ends a job that came open and has ended there since', async () => {
    const folder = await world.folder();
    await mkdir(join(folder, 'coordination'));
    const write = (status: string) => {
      const job = { id: 'j1', status, branch: 'main', created_at: 1_763_000_000, server: 'build1' };
      return writeFile(join(folder, 'coordination', 'jobs.json'), JSON.stringify([job]));
    };
    const yard = await world.yard();
    await write('in_progress');
    await importPredecessor(yard, wish(folder));

    await write('completed');
    const report = await importPredecessor(yard, wish(folder));

    expect(report.kinds.job).toMatchObject({ imported: 1, unchanged: 0 });
    expect(report.rows).toContainEqual(expect.objectContaining({ id: 'j1', reason: 'it has ended there since' }));
    expect(yard.state.jobs.get('j1')).toMatchObject({ status: 'succeeded', token: 1, importedFrom: { id: 'j1' } });
    expect((await auditYard(yard)).firstViolation).toBeNull();
  });

  it('makes ended jobs of measured builds that no list has any more', async () => {
    const line = (id: string, more: object = {}) =>
      JSON.stringify({
        job_id: id,
        server: 'build2',
        branch: 'main',
        duration: 90,
        status: 'completed',
        timestamp: 1_763_000_090,
        ...more,
      });
    const files = {
      'shared/metrics/builds.jsonl': [line('m1'), line('m2', { status: 'failed' }), line('job_1763000000')].join('\n'),
    };
    const yard = await world.yard();

    const report = await importPredecessor(yard, wish((await world.predecessor({ files })).path));

    expect(report.kinds.job).toMatchObject({ imported: 8, quarantined: 0 });
    expect(findArchived(yard, 'job', 'm1')).toMatchObject({
      value: { status: 'succeeded', attempts: [{ agent: 'build2', startedAt: '2025-11-13T02:13:20.000Z' }] },
    });
  });

  it('keeps what jobs need and messages answer, as far as it is there', async () => {
    const job = (id: string, status: string, needs: string[]) => ({
      id,
      status,
      branch: 'main',
      created_at: 1_763_000_000,
      depends_on: needs,
    });
    const jobs = [
      job('Good', 'completed', []),
      job('Bad', 'failed', []),
      job('open', 'queued', ['Good', 'Bad', 'gone']),
    ];
    const messages = listOf(
      message('A Question'),
      message('answer', { reply_to: 'A Question' }),
      message('lost', { in_reply_to: 'gone' }),
    );
    const files = { 'coordination/jobs.json': JSON.stringify({ jobs }), 'coordination/messages.json': messages };
    const yard = await world.yard();

    const report = await importPredecessor(yard, wish((await world.predecessor({ files })).path));

    expect(yard.state.jobs.get('open')?.needs).toEqual(['bad']);
    expect([...yard.state.jobs].map((it) => it.id).sort()).toEqual(['bad', 'open']);
    expect(findArchived(yard, 'message', 'answer')).toMatchObject({ value: { replyTo: 'a-question' } });
    expect(findArchived(yard, 'message', 'lost')).toMatchObject({ value: { replyTo: null } });
    expect(report.notes.map((it) => it.text)).toEqual(
      expect.arrayContaining([
        'a job that another needs is not there',
        'the message that a reply answers is not there',
      ]),
    );
  });

  it('finds in the history what single commits lost, to the last one', async () => {
    const predecessor = await world.predecessor({ messages: 2000, pace: 250, losses: [102, 1001] });
    const yard = await world.yard();

    const without = await importPredecessor(yard, wish(predecessor.path, { dryRun: true }));
    const report = await importPredecessor(yard, wish(predecessor.path, { history: true }));

    const [small, large] = predecessor.losses;
    expect(without.kinds.message.imported).toBe(2000 - 1103 + 2);
    expect(report.kinds.message).toMatchObject({ imported: 2002, recovered: 1103 });
    expect(report.losses).toEqual([
      { commit: large?.commit, path: 'coordination/messages.json', recovered: 1001 },
      { commit: small?.commit, path: 'coordination/messages.json', recovered: 102 },
    ]);
    for (const id of predecessor.messages) expect(isThere(yard, id)).toBe(true);
    expect((await auditYard(yard)).firstViolation).toBeNull();
  });

  it('adds from the history to what was imported without it', async () => {
    const predecessor = await world.predecessor({ losses: [20] });
    const yard = await world.yard();
    await importPredecessor(yard, wish(predecessor.path));

    const report = await importPredecessor(yard, wish(predecessor.path, { history: true }));

    expect(report.kinds.message).toMatchObject({ imported: 20, recovered: 20, unchanged: 42 });
  });

  it('writes nothing when dry, and tells the same', async () => {
    const predecessor = await world.predecessor({ losses: [5] });
    const yard = await world.yard();
    const { head } = yard;

    const dry = await importPredecessor(yard, wish(predecessor.path, { dryRun: true, history: true }));
    await yard.refresh();
    expect(yard.head).toBe(head);
    const real = await importPredecessor(yard, wish(predecessor.path, { history: true }));

    expect({ ...dry, dryRun: false, commits: real.commits }).toEqual(real);
  });

  it('takes both sides of a committed conflict when told to repair, and else tells of it with its line', async () => {
    const conflict = [
      '{"messages": [',
      '<<<<<<< HEAD',
      `${JSON.stringify(message('ours'))},`,
      '||||||| base',
      '=======',
      '<<<<<<< HEAD',
      `${JSON.stringify(message('inner-ours'))},`,
      '=======',
      `${JSON.stringify(message('inner-theirs'))},`,
      '>>>>>>> b1',
      `${JSON.stringify(message('theirs'))},`,
      '>>>>>>> origin/main',
      JSON.stringify(message('both')),
      ']}',
    ].join('\n');
    const predecessor = await world.predecessor({ files: { 'coordination/messages.json': conflict } });
    const yard = await world.yard();

    const without = await importPredecessor(yard, wish(predecessor.path, { dryRun: true }));
    const report = await importPredecessor(yard, wish(predecessor.path, { repair: true }));

    expect(without.rows).toContainEqual(
      expect.objectContaining({
        kind: 'file',
        outcome: 'quarantined',
        reason: 'holds the conflict markers of a merge',
        path: 'coordination/messages.json',
        line: 2,
        commit: predecessor.head,
      }),
    );
    expect(report.kinds.message).toMatchObject({ repaired: 5, quarantined: 0 });
    for (const id of ['ours', 'theirs', 'inner-ours', 'inner-theirs', 'both']) expect(isThere(yard, id)).toBe(true);
  });

  it('reads a file that was cut off as far as it goes, and of an empty one what it held before', async () => {
    const whole = listOf(...idsOf('cut', 10).map((id) => message(id)));
    const cut = { 'coordination/archive/messages_20251114.json': whole.slice(0, -60) };
    const predecessor = await world.predecessor({ files: { ...cut, 'coordination/messages.json': '' } });
    const yard = await world.yard();

    const plain = await importPredecessor(yard, wish(predecessor.path, { dryRun: true }));
    const report = await importPredecessor(yard, wish(predecessor.path, { repair: true, history: true }));

    expect(plain.kinds.file.quarantined).toBe(2);
    expect(report.kinds.file).toMatchObject({ quarantined: 0 });
    expect(report.kinds.message).toMatchObject({ repaired: 9, imported: 62, recovered: 60 });
  });

  it('keeps both of two that bear one id, and gives the second the same new one each time', async () => {
    const clash = listOf(message('m1'), message('m1', { body: 'quite another', timestamp: '2025-11-13 05:00:00' }));
    const predecessor = await world.predecessor({ files: { 'coordination/messages.json': clash } });
    const yard = await world.yard();

    const report = await importPredecessor(yard, wish(predecessor.path));
    const again = await importPredecessor(yard, wish(predecessor.path));

    const [row] = report.rows.filter((it) => it.kind === 'message');
    expect(row).toMatchObject({ outcome: 'repaired', sourceId: 'm1', id: expect.stringMatching(/^m1-[0-9a-f]{8}$/) });
    expect(findArchived(yard, 'message', row?.id ?? '')).toMatchObject({
      value: { body: 'quite another', importedFrom: { id: 'm1' } },
    });
    expect(again.kinds.message).toMatchObject({ imported: 0, repaired: 0, unchanged: 4 });
  });

  it('leaves what looks like a credential out, or masks it where that is asked for', async () => {
    const secret = `token ghp_${'a1B2'.repeat(9)}`;
    const files = {
      'coordination/messages.json': listOf(message('good'), message('bad', { body: `first\n${secret}\nlast` })),
    };
    const predecessor = await world.predecessor({ files });
    const yard = await world.yard();

    const report = await importPredecessor(yard, wish(predecessor.path));
    expect(report.rows).toContainEqual(
      expect.objectContaining({
        outcome: 'quarantined',
        sourceId: 'bad',
        reason: expect.stringContaining('credential'),
      }),
    );
    expect(JSON.stringify(report)).not.toContain(secret);
    const masked = await importPredecessor(yard, wish(predecessor.path, { redact: true }));

    expect(masked.kinds.message).toMatchObject({ repaired: 1, unchanged: 3 });
    expect(findArchived(yard, 'message', 'bad')).toMatchObject({
      value: { body: 'first\ntoken ***REDACTED***\nlast' },
    });
    expect((await importPredecessor(yard, wish(predecessor.path, { redact: true }))).commits).toEqual([]);
  });

  it('goes on where it was stopped', async () => {
    const predecessor = await world.predecessor({ messages: 1200, pace: 1200 });
    const yard = await world.yard();
    const stopping = new AbortController();
    const onProgress = (text: string) => text.includes('written') && stopping.abort(new Error('killed'));

    await expect(
      importPredecessor(yard, wish(predecessor.path, { signal: stopping.signal, onProgress })),
    ).rejects.toThrow();
    await yard.refresh();
    const before = yard.state.imports;
    const report = await importPredecessor(yard, wish(predecessor.path));

    expect([...before]).toMatchObject([{ batches: 1, items: 500, completedAt: null }]);
    expect(report.total).toMatchObject({ imported: 1215 - 500, unchanged: 500 });
    expect([...yard.state.imports]).toMatchObject([{ batches: 3, items: 1215, completedAt: expect.any(String) }]);
    expect((await auditYard(yard)).firstViolation).toBeNull();
  });

  it('comes once although two do it at the same time', async () => {
    const predecessor = await world.predecessor({ messages: 1200, pace: 1200 });
    const [one, other] = [await world.yard('one'), await world.yard('other')];

    const reports = await Promise.all([one, other].map((yard) => importPredecessor(yard, wish(predecessor.path))));

    expect(reports.reduce((sum, it) => sum + it.total.imported, 0)).toBe(1215);
    await one.refresh();
    expect([...one.state.archive].find((it) => it.id === 'messages/2025/11')?.files).toBeLessThanOrEqual(1202);
    expect([...one.state.imports]).toMatchObject([{ items: 1215 }]);
    expect((await auditYard(one)).firstViolation).toBeNull();
  });

  it('does not bring back what the yard has let go by its age since', async () => {
    const predecessor = await world.predecessor();
    const yard = await world.yard();
    await importPredecessor(yard, wish(predecessor.path));
    await yard.perform('prune', { now: yard.now() });

    const report = await importPredecessor(yard, wish(predecessor.path));

    expect(report.kinds.message.imported).toBe(0);
    expect(report.kinds.message.dropped).toBeGreaterThan(0);
    expect(report.commits).toEqual([]);
  });

  it('reads a plain folder as well, and says what it cannot know there', async () => {
    const folder = await world.folder();
    await mkdir(join(folder, 'coordination'));
    await writeFile(
      join(folder, 'coordination', 'messages.json'),
      JSON.stringify({ m1: message('m1'), m2: message('m2') }),
    );
    const yard = await world.yard();

    expect((await importPredecessor(yard, wish(folder))).kinds.message.imported).toBe(2);
    await expect(importPredecessor(yard, wish(folder, { history: true }))).rejects.toMatchObject({ code: 'USAGE' });
  });

  it.each([
    ['a program of git', 'ext::sh -c true', 'USAGE'],
    ['an option', '--upload-pack=true', 'USAGE'],
    ['a password in the address', 'https://ann:secret@example.org/x', 'USAGE'],
    ['another scheme', 'ftp://example.org/x', 'USAGE'],
    ['nothing at all', '/nowhere/at/all', 'NOT_FOUND'],
  ])('refuses %s', async (_, address, code) => {
    const error = await importPredecessor(await world.yard(), wish(address)).catch((it: unknown) => it);

    expect(error).toMatchObject({ code });
    expect(String(error)).not.toContain('secret');
  });

  it('says so when there is nothing to take over, and when there is no such branch', async () => {
    const yard = await world.yard();
    const folder = await world.folder();
    const predecessor = await world.predecessor();

    await expect(importPredecessor(yard, wish(folder))).rejects.toMatchObject({ code: 'INVALID_DATA' });
    await expect(importPredecessor(yard, wish(predecessor.path, { ref: 'gone' }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(importPredecessor(yard, wish(predecessor.path, { ref: '--output=x' }))).rejects.toMatchObject({
      code: 'USAGE',
    });
  });
});
