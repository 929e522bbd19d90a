/** What becomes of single entries, in all the styles in which the predecessor's tools wrote them. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../reading/items-in.ts';
import type { Candidate, Shape, Shaping } from './candidate.ts';
import { freeText } from './free-text.ts';
import { shapeJob } from './job.ts';
import { kindOfFile } from './kind-of-file.ts';
import { shapeLock } from './lock.ts';
import { shapeMessage } from './message.ts';
import { shapeProfile } from './profile.ts';
import { shapeServer } from './server.ts';
import { readTime } from './times.ts';

const shaping: Shaping = { now: '2026-03-02T12:00:00.000Z', source: 'old', fileTime: null, server: null };
const shaped = (shape: Shape, fields: Fields, more: Partial<Shaping> = {}) =>
  shape({ key: null, fields, line: null }, { ...shaping, ...more });
function made(shape: Shape, fields: Fields, more: Partial<Shaping> = {}): Candidate {
  const result = shaped(shape, fields, more);
  if (result.outcome !== 'taken') throw new Error(result.reason);
  return result.candidate;
}
const sent = { id: 'm1', from: 'build1', to: 'build2', body: 'x', timestamp: 1_763_000_000 };

describe('times', () => {
  it.each([
    ['2025-11-13T04:00:00+02:00', '2025-11-13T02:00:00.000Z', false],
    ['2025-11-13T04:00:00.1234567Z', '2025-11-13T04:00:00.123Z', false],
    ['2025-11-13 04:00:00', '2025-11-13T04:00:00.000Z', true],
    ['2025-11-13 04:00:00 UTC', '2025-11-13T04:00:00.000Z', false],
    ['2025-11-13T04:00:00-0330', '2025-11-13T07:30:00.000Z', false],
    ['20251113T040000Z', '2025-11-13T04:00:00.000Z', false],
    ['20251113_040000', '2025-11-13T04:00:00.000Z', true],
    [1_763_006_400, '2025-11-13T04:00:00.000Z', false],
    [1_763_006_400_000, '2025-11-13T04:00:00.000Z', false],
    ['1763006400', '2025-11-13T04:00:00.000Z', false],
  ])('reads %s', (written, time, zoneAssumed) => {
    expect(readTime(written)).toEqual({ time, zoneAssumed });
  });

  it.each(['soon', '2025-02-30T00:00:00Z', '', null, 17, -1, Number.NaN, 1e20, '9999999999999', {}])(
    'takes %s for none',
    (written) => {
      expect(readTime(written)).toBeUndefined();
    },
  );
});

describe('message', () => {
  it('keeps its words, and maps types and priorities that nobody has here', () => {
    const { value, notes } = made(shapeMessage, { ...sent, type: 'alert', priority: 'urgent', subject: 'hot' });

    expect(value).toMatchObject({
      from: 'build1',
      to: 'build2',
      type: 'warning',
      priority: 'critical',
      subject: 'hot',
    });
    expect(notes).toEqual(['type "alert" became "warning"', 'message priority "urgent" became "critical"']);
  });

  it('takes the one read flag for what it says: of one recipient that it has read, of all nothing', () => {
    const alone = made(shapeMessage, { ...sent, read: true, read_at: '2025-11-13T05:00:00Z' });
    const toAll = made(shapeMessage, { ...sent, to: 'broadcast', read: true, acknowledged: true });
    const listed = made(shapeMessage, {
      ...sent,
      to: 'all',
      read: true,
      read_by: ['build3', { server: 'build2', at: 1_763_000_100 }],
    });

    expect(alone.value).toMatchObject({ readBy: { build2: '2025-11-13T05:00:00.000Z' }, ackedBy: {} });
    expect(toAll.value).toMatchObject({ to: 'all', readBy: {}, ackedBy: {} });
    expect(toAll.notes).toContain('the one read flag of a message to all was left out: it does not say who has read');
    expect(Object.keys((listed.value as { readBy: object }).readBy)).toEqual(['build3', 'build2']);
  });

  it('takes an acknowledgement of one recipient, and no deadline that is over', () => {
    const done = made(shapeMessage, {
      ...sent,
      requires_ack: true,
      ack_status: 'completed',
      ack_deadline: '2025-11-14',
    });

    expect(done.value).toMatchObject({
      ackBy: null,
      ackedBy: { build2: expect.any(String) },
      readBy: { build2: expect.any(String) },
    });
  });

  it('puts a subject that is too long whole into the body', () => {
    const { value } = made(shapeMessage, { ...sent, subject: 's'.repeat(600) });

    expect(value).toMatchObject({ subject: `${'s'.repeat(499)}…`, body: `${'s'.repeat(600)}\n\nx` });
  });

  it('finds the time in the id or at the file, and is quarantined when nobody knows it', () => {
    const { timestamp: _, ...timeless } = sent;

    expect(made(shapeMessage, { ...timeless, id: 'msg_1763006400_7' }).at).toBe('2025-11-13T04:00:00.000Z');
    expect(made(shapeMessage, timeless, { fileTime: '2025-11-01T00:00:00.000Z' }).at).toBe('2025-11-01T00:00:00.000Z');
    expect(shaped(shapeMessage, timeless)).toMatchObject({ outcome: 'quarantined' });
  });

  it('is the same by its words, wherever its time was found', () => {
    const { timestamp: _, ...timeless } = sent;
    const [one, other] = ['2025-11-01T00:00:00Z', '2025-11-02T00:00:00Z'].map((fileTime) =>
      made(shapeMessage, timeless, { fileTime }),
    );

    expect(one?.digest).toBe(other?.digest);
  });
});

describe('job', () => {
  const queued = {
    id: 'job_1',
    status: 'queued',
    branch: 'main',
    created_at: '2025-11-13T04:00:00Z',
    assigned_to: null,
  };

  it('comes paused when it was open, under any word that means no end', () => {
    for (const status of ['queued', 'in_progress', 'whatever'])
      expect(made(shapeJob, { ...queued, status }).value).toMatchObject({
        status: 'queued',
        paused: { by: 'import' },
        token: 0,
      });
  });

  it('keeps its end, its holder and its times', () => {
    const ended = {
      ...queued,
      status: 'completed',
      server: 'Build 1',
      started_at: 1_763_006_460,
      duration: '90',
      exit_code: 0,
    };

    expect(made(shapeJob, ended).value).toMatchObject({
      status: 'succeeded',
      endedAt: '2025-11-13T04:02:30.000Z',
      token: 1,
      attempts: [{ agent: 'build-1', token: 1, startedAt: '2025-11-13T04:01:00.000Z', exitCode: 0 }],
      result: { exitCode: 0 },
    });
  });

  it('keeps 1 the first, fits what is out of bounds, and leaves out a commit that is none', () => {
    const { value, notes, refers } = made(shapeJob, {
      ...queued,
      priority: 0,
      commit: 'HEAD',
      depends_on: 'job_0, job_2',
    });

    expect(made(shapeJob, { ...queued, priority: 1 }).value).toMatchObject({ priority: 1 });
    expect(value).toMatchObject({ priority: 1, commit: null });
    expect(refers).toEqual(['job_0', 'job_2']);
    const labelled = made(shapeJob, { ...queued, tags: 'build,priority-3' });
    expect(labelled.value).toMatchObject({ priority: 3, labels: ['build'] });
    expect(notes).toHaveLength(2);
  });
});

describe('lock', () => {
  const now = '2025-11-13T05:00:00.000Z';
  const held = { name: 'db', locked_by: 'build1', locked_at: '2025-11-13T04:55:00Z' };

  it('without an end ends after ten minutes, as it should have there', () => {
    expect(made(shapeLock, { ...held, expires_at: null }, { now }).value).toMatchObject({
      holders: [{ holder: 'build1', expiresAt: '2025-11-13T05:05:00.000Z', token: 1 }],
    });
    expect(shaped(shapeLock, { ...held, expires_at: null })).toMatchObject({ outcome: 'dropped' });
  });

  it('is dropped when it is over or free', () => {
    expect(shaped(shapeLock, { ...held, expires_at: '2025-11-13T05:00:00Z' }, { now })).toMatchObject({
      outcome: 'dropped',
    });
    expect(shaped(shapeLock, { ...held, locked_by: null }, { now })).toMatchObject({ outcome: 'dropped' });
  });
});

describe('server and profile', () => {
  it('is an agent in maintenance, by either spelling of its name', () => {
    const values = [{ server: 'Build 1' }, { server_id: 'Build 1' }, {}].map((told) => {
      const result = shapeServer('build-1', told, shaping);
      return result.outcome === 'taken' && result.candidate.value;
    });

    expect(values).toEqual(values.map(() => expect.objectContaining({ mode: 'maintenance', boot: 'imported' })));
  });

  it('keeps a profile without its automatic builds, and no profile without a repository', () => {
    const told = { branch: 'main', repo_path: '/srv/x', priority: 2, auto_build: 'true', enabled: false };

    expect(made(shapeProfile, told).value).toMatchObject({
      name: 'main',
      priority: 2,
      autoBuild: false,
      enabled: false,
    });
    expect(shaped(shapeProfile, { branch: 'main', priority: 1 })).toMatchObject({ outcome: 'quarantined' });
  });
});

describe('free text', () => {
  it('finds its heads, else what its name says, else who committed it', () => {
    const headed = freeText(
      'messages/x.txt',
      '**From:** build1\nTo: all\nDate: 2025-11-13 04:00\n=====\n\nHello\n\nall',
      'ann',
    );
    const named = freeText('build2/messages/20251113_040000_build1_to_build2.txt', 'Disk: full', 'ann');
    const plain = freeText('messages/hello.txt', 'Disk is full', 'ann');

    expect(headed.fields).toMatchObject({
      from: 'build1',
      to: 'all',
      timestamp: '2025-11-13 04:00',
      subject: 'Hello',
      body: 'Hello\n\nall',
    });
    expect(named.fields).toMatchObject({
      from: 'build1',
      to: 'build2',
      timestamp: '20251113T040000',
      body: 'Disk: full',
    });
    expect(plain.fields).toMatchObject({ from: 'ann', id: 'messages/hello.txt', subject: 'Disk is full' });
  });
});

describe('kind of file', () => {
  it.each([
    ['build1/status.json', 'server'],
    ['Any-Name/heartbeat.json', 'server'],
    ['coordination/messages.json', 'message'],
    ['coordination/archive/messages_20251113.json', 'message'],
    ['coordination/archive-2025/11/old-messages.json', 'message'],
    ['coordination/messages_archive_20251120_120000.json', 'message'],
    ['coordination/jobs.json', 'job'],
    ['coordination/locks.json', 'lock'],
    ['coordination/archive/2025-11.json', 'any'],
    ['shared/branches_config.json', 'branch'],
    ['shared/health_dashboard.json', 'derived'],
    ['shared/job-schema.json', 'derived'],
    ['shared/metrics/builds.jsonl', 'metric'],
    ['shared/rollback_points.json', 'rollback'],
    ['messages/note.txt', 'text'],
    ['build1/messages/note.md', 'text'],
    ['build1/logs/a.json', 'log'],
    ['README.md', null],
    ['scripts/messages/status.json', null],
    ['.github/status.json', null],
    ['shared/status.json', 'derived'],
  ])('takes %s for %s', (path, kind) => {
    expect(kindOfFile(path)).toBe(kind);
  });
});
