/** Imports of what people left in a folder, with what is wrong in it: each thing is mended or told of, and costs no other. */
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findArchived, type Yard } from '@gityard/yard';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importPredecessor } from './import-predecessor.ts';
import { type Scene, scene, wish } from './scene.fixture.ts';

let world: Scene;
beforeEach(async () => {
  world = await scene();
});
afterEach(() => world.close());

async function folderWith(files: Readonly<Record<string, unknown>>): Promise<string> {
  const folder = await world.folder();
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

const MESSAGES = 'coordination/messages.json';
const message = (id: string, more: object = {}) => ({
  id,
  from: 'build1',
  to: 'build2',
  subject: `about ${id}`,
  body: `all of ${id}`,
  timestamp: '2025-11-13T04:00:00Z',
  ...more,
});
const archived = (yard: Yard, id: string) => {
  const found = findArchived(yard, 'message', id);
  return found.ok ? found.value : null;
};

describe('import of an imperfect source', () => {
  it('masks an id, a name or a file name that looks like a credential, and brings all the rest', async () => {
    const token = `ghp_${'a1B2'.repeat(9)}`;
    const job = { status: 'queued', branch: 'main', created_at: 1_763_000_000 };
    const lock = { locked_by: 'build1', expires_at: '2099-01-01T00:00:00Z' };
    const folder = await folderWith({
      [MESSAGES]: {
        messages: [
          message('good'),
          message(token, { subject: 's', body: 'b' }),
          message('answer', { reply_to: token }),
        ],
      },
      'coordination/jobs.json': {
        jobs: [
          { id: token, ...job },
          { id: 'on', ...job, depends_on: [token] },
        ],
      },
      'coordination/locks.json': { locks: { [token]: lock, apt: lock } },
      [`messages/${token}.txt`]: 'From: build1\nDate: 2025-11-13 05:00:00\n\nhello',
    });
    const yard = await world.yard();

    const dry = await importPredecessor(yard, wish(folder, { dryRun: true }));
    const report = await importPredecessor(yard, wish(folder));
    const again = await importPredecessor(yard, wish(folder));

    expect({ ...dry, dryRun: false, commits: report.commits }).toEqual(report);
    expect(report.kinds).toMatchObject({
      message: { imported: 2, repaired: 2, quarantined: 0 },
      job: { imported: 1, repaired: 1 },
      lock: { imported: 1, repaired: 1 },
    });
    expect(again.total).toMatchObject({ imported: 0, repaired: 0, unchanged: 8 });
    const renamed = archived(yard, 'answer')?.replyTo ?? '';
    expect(archived(yard, renamed)?.importedFrom?.id).toMatch(/^\*\*\*REDACTED\*\*\*-[0-9a-f]{8}$/);
    expect(yard.state.jobs.get('on')?.needs).toHaveLength(1);
    expect(JSON.stringify(report).toLowerCase()).not.toContain(token.toLowerCase());
  });

  it('keeps both lists of a key that is there twice when told to repair, and else tells of it', async () => {
    const jobs = [{ id: 'j1', status: 'queued', branch: 'main', created_at: 1_763_000_000 }];
    const folder = await folderWith({
      'coordination/jobs.json': jobs,
      [MESSAGES]: `{"messages": [${JSON.stringify(message('a'))}],\n "messages": [${JSON.stringify(message('b'))}, null]}`,
    });
    const yard = await world.yard();

    const plain = await importPredecessor(yard, wish(folder, { dryRun: true }));
    const report = await importPredecessor(yard, wish(folder, { repair: true }));

    expect(plain.rows).toContainEqual(
      expect.objectContaining({ outcome: 'quarantined', reason: 'has the key "messages" twice', line: 2 }),
    );
    expect(report.kinds.message).toMatchObject({ repaired: 2 });
    expect(report.rows).toContainEqual(expect.objectContaining({ reason: 'holds null where a message should be' }));
    expect([archived(yard, 'a'), archived(yard, 'b')]).not.toContain(null);
  });

  it('makes one message each of one to several, and sends to all only what was sent so', async () => {
    const folder = await folderWith({
      [MESSAGES]: [
        message('m1', { to: ['build1', 'build2'], read: true }),
        message('m2', { to: ['all', 'build1'] }),
        message('m3', { reply_to: 'm1' }),
      ],
    });
    const yard = await world.yard();

    const report = await importPredecessor(yard, wish(folder));

    expect(report.kinds.message).toMatchObject({ imported: 4, quarantined: 0 });
    expect(['m1', 'm1-build2', 'm2'].map((id) => archived(yard, id)?.to)).toEqual(['build1', 'build2', 'all']);
    expect(archived(yard, 'm1')?.readBy).toEqual({});
    expect(archived(yard, 'm3')?.replyTo).toBe('m1');
    expect(report.notes.map((it) => it.text)).toContain('a message to several became one to each');
  });

  it('gives what has no time that of its file, or of the newest commit, and finds it again in the history', async () => {
    const timeless = message('t1', { timestamp: undefined });
    const folder = await folderWith({ [MESSAGES]: [timeless] });
    await utimes(join(folder, MESSAGES), 1_763_000_000, 1_763_000_000);
    const files = { [MESSAGES]: JSON.stringify([timeless]) };
    const { path } = await world.predecessor({ messages: 2, jobs: 1, files });
    const [yard, other] = [await world.yard(), await world.yard()];

    const ofFolder = await importPredecessor(yard, wish(folder, { dryRun: true }));
    const plain = await importPredecessor(other, wish(path));
    const whole = await importPredecessor(other, wish(path, { history: true }));

    const row = { sourceId: 't1', outcome: 'repaired', reason: expect.stringContaining('had no time') };
    expect(ofFolder.rows).toContainEqual(expect.objectContaining(row));
    expect(plain.rows).toContainEqual(expect.objectContaining(row));
    expect(whole.rows.map((it) => it.sourceId)).not.toContain('t1');
  });

  it('brings no time of the future, and tells of it', async () => {
    const later = '2099-05-05T00:00:00.000Z';
    const folder = await folderWith({
      [MESSAGES]: [message('f1', { timestamp: later })],
      'coordination/locks.json': {
        apt: { locked_by: 'build1', acquired_at: later, expires_at: '2099-06-01T00:00:00Z' },
      },
    });
    const yard = await world.yard();

    const report = await importPredecessor(yard, wish(folder));

    const now = yard.now();
    expect((yard.state.messages.get('f1')?.sentAt ?? later) <= now).toBe(true);
    expect((yard.state.locks.get('apt')?.holders[0]?.acquiredAt ?? later) <= now).toBe(true);
    expect(report.rows.filter((it) => it.reason.includes('in the future'))).toHaveLength(2);
    expect((await importPredecessor(yard, wish(folder))).total.unchanged).toBe(2);
  });

  it('does not say that nothing was found when what was found does not fit', async () => {
    const folder = await folderWith({ [MESSAGES]: [message('m1', { body: 'x'.repeat(100_001) })] });

    const report = await importPredecessor(await world.yard(), wish(folder));

    expect(report.kinds.message).toMatchObject({ quarantined: 1 });
  });
});
