import { describe, expect, it } from 'vitest';
import type { Job } from '../../entities/job.ts';
import { accepted, nothingToCommit, refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { aJob, aLock, aMessage, anAgent, aProfile } from '../../spec/samples.ts';
import { minutesAfterNoon, noon, world } from '../../spec/world.ts';
import { type ImportBatch, type ImportedEntity, importBatch } from './import-batch.ts';

const importedFrom = { source: 'old', id: 'JOB 1', place: null, digest: '0123456789abcdef' };
const paused = { by: 'import', at: noon, reason: null, until: null };
const job = (fields: Partial<Job> = {}) => aJob('b1', noon, { paused, importedFrom, ...fields });
const message = aMessage('m1', noon, { readBy: { ghost: noon }, importedFrom });
const agent = anAgent('mac', noon, { mode: 'maintenance' });
const profile = aProfile('main');

const batch = (entities: readonly ImportedEntity[], more: Partial<ImportBatch> = {}): ImportBatch => ({
  source: { id: 'old', address: '/srv/old' },
  batch: 1,
  entities,
  completed: null,
  by: 'ann',
  now: noon,
  ...more,
});
const { state } = world();

describe('import-batch', () => {
  it('brings everything with a past of its own, and counts it', () => {
    const lock = aLock('db', { token: 1, importedFrom });
    const after = stateAfter(
      state,
      importBatch(
        state,
        batch([
          { kind: 'agent', value: agent },
          { kind: 'branch', value: profile },
          { kind: 'lock', value: lock },
          { kind: 'job', value: job({ token: 3 }), archived: false },
          { kind: 'message', value: message, archived: false },
        ]),
      ),
    );

    expect(after.agents.get('mac')?.mode).toBe('maintenance');
    expect(after.branches.branches.main).toMatchObject({ repository: '/srv/main' });
    expect(after.jobs.get('b1')).toMatchObject({ token: 3, status: 'queued' });
    expect(after.messages.get('m1')?.readBy).toEqual({ ghost: noon });
    expect(after.imports.get('old')).toMatchObject({ batches: 1, items: 5, completedAt: null });
  });

  it('puts what is long over into the archive, under the day of its end', () => {
    const over = job({ status: 'succeeded', paused: null, endedAt: '2025-11-13T10:00:00Z' });
    const decision = importBatch(state, batch([{ kind: 'job', value: over, archived: true }]));

    expect(accepted(decision).changes[0]).toMatchObject({ kind: 'archive', of: 'job', folder: 'jobs/2025/11/13' });
    expect(stateAfter(state, decision).jobs.has('b1')).toBe(false);
  });

  it('has no effect the second time, and says once that all has come', () => {
    const first = batch([], { completed: { withHistory: false } });
    const after = stateAfter(state, importBatch(state, first));

    expect(after.imports.get('old')).toMatchObject({ completedAt: noon, withHistory: false });
    expect(importBatch(after, { ...first, batch: 2, now: minutesAfterNoon(1) })).toMatchObject(nothingToCommit);
    expect(resultOf(importBatch(after, { ...first, batch: 2, completed: { withHistory: true } }))).toMatchObject({
      completedAt: noon,
      withHistory: true,
    });
  });

  it.each<[string, ImportedEntity, string]>([
    ['a job that runs', { kind: 'job', value: job({ status: 'running' }), archived: false }, 'INVALID_DATA'],
    ['a job that would run', { kind: 'job', value: job({ paused: null }), archived: false }, 'INVALID_DATA'],
    ['an open job for the archive', { kind: 'job', value: job(), archived: true }, 'INVALID_DATA'],
    ['a job without its mark', { kind: 'job', value: aJob('b1', noon, { paused }), archived: false }, 'INVALID_DATA'],
    ['an agent that takes jobs', { kind: 'agent', value: anAgent('mac', noon, {}) }, 'INVALID_DATA'],
    [
      'what breaks its schema',
      { kind: 'message', value: { ...message, type: 'alert' as 'info' }, archived: false },
      'INVALID_DATA',
    ],
    [
      'what is here already',
      { kind: 'message', value: aMessage('m0', noon, { importedFrom }), archived: false },
      'CONFLICT',
    ],
    ['a profile that is here already', { kind: 'branch', value: { ...profile, name: 'here' } }, 'CONFLICT'],
  ])('refuses %s, and with it the whole batch', (_, entity, code) => {
    const branches = { schemaVersion: 1, branches: { here: { ...profile, name: 'here' } } };
    const here = { ...world().message('m0').state, branches };

    expect(importBatch(here, batch([{ kind: 'message', value: message, archived: false }, entity]))).toMatchObject({
      ...refusal(code as 'CONFLICT'),
    });
  });

  it('ends what came open and ended there since, unless somebody here has touched it', () => {
    const came = world(stateAfter(state, importBatch(state, batch([{ kind: 'job', value: job(), archived: false }]))));
    const end = job({ status: 'failed', paused: null, endedAt: noon });
    const later = batch([{ kind: 'job', value: end, archived: false }], { batch: 2 });

    expect(stateAfter(came.state, importBatch(came.state, later)).jobs.get('b1')).toMatchObject({ status: 'failed' });
    const resumed = came.job('b1', { importedFrom }).state;
    expect(importBatch(resumed, later)).toMatchObject(refusal('CONFLICT'));
  });

  it('refuses who prepared it before somebody else has written', () => {
    expect(
      importBatch(state, batch([{ kind: 'message', value: message, archived: false }], { batch: 2 })),
    ).toMatchObject(refusal('CONFLICT'));
  });

  it('refuses more at once than a commit should hold, and the same thing twice', () => {
    const one = { kind: 'message', value: message, archived: true } as const;

    expect(importBatch(state, batch(Array.from({ length: 501 }, () => one)))).toMatchObject(refusal('INVALID_DATA'));
    expect(importBatch(state, batch([one, one]))).toMatchObject(refusal('DUPLICATE_ID'));
  });
});
