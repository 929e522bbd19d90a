import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../apply-changes.ts';
import { aGoodBuild, aNamespace, aPoint, theYard } from '../../spec/samples.ts';
import { noon, type World, world } from '../../spec/world.ts';
import { after, DAY_MS } from '../../time.ts';
import { ARCHIVED_AT_ONCE, archiveFinished } from './archive-finished.ts';

const daysLater = (days: number) => after(noon, days * DAY_MS);
const archived = ({ state }: World, days: number) => {
  const decision = archiveFinished(state, { now: daysLater(days) });
  return decision.ok ? decision.result : decision.code;
};
const done = { status: 'succeeded' } as const;

describe('archive', () => {
  it('takes jobs that ended longer ago than the yard keeps them, and nothing that is open', () => {
    const yard = world().job('old', done).job('open').job('running', { status: 'running' });

    expect(archived(yard, 6)).toBe('NOTHING_TO_DO');
    expect(archived(yard, 8)).toEqual({ jobs: ['old'], messages: [] });
  });

  it('moves a job with its manifest to the day on which it ended, whatever the day is', () => {
    const manifest = { schemaVersion: 1, job: 'old', agent: 'mac', token: 1, branch: null, commit: null };
    const { state } = world().job('old', { ...done, endedAt: '2026-03-04T23:59:59Z' });
    const value = { ...manifest, createdAt: noon, artifacts: [] };
    const full = applyChanges(state, [{ kind: 'manifest', id: 'old', value }]);

    const decision = archiveFinished(full, { now: daysLater(100) });

    expect(decision).toMatchObject({
      changes: [
        { of: 'job', folder: 'jobs/2026/03/04', content: full.jobs.get('old') },
        { of: 'manifest', folder: 'manifests/2026/03/04', content: value },
        { kind: 'metrics', id: '2026-03' },
      ],
    });
    const left = applyChanges(full, decision.ok ? decision.changes : []);
    expect([left.jobs.size, left.manifests.size]).toEqual([0, 0]);
    expect(left.archive.get('jobs/2026/03/04')).toEqual({ id: 'jobs/2026/03/04', files: 1 });
    expect(left.archive.size).toBe(2);
  });

  it('leaves what a branch may go back to, job and manifest, and takes manifests of builds that the yard has no job for', () => {
    const yard = world()
      .job('good', done)
      .manifest('good')
      .job('tagged', done)
      .manifest('tagged')
      .manifest('by-hand')
      .manifest('by-hand-tagged')
      .rollback('main', {
        lastGood: [aGoodBuild('good', noon)],
        points: [aPoint('tagged', noon), aPoint('by-hand-tagged', noon)],
      });

    const decision = archiveFinished(yard.state, { now: daysLater(8) });

    expect(decision.ok && decision.changes.map(({ kind, id }) => `${kind} ${id}`)).toEqual(['archive by-hand']);
  });

  it('leaves a job that one which stays needs, whether that waits or may be retried, and all that this needs', () => {
    const recently = { ...done, endedAt: daysLater(7) };
    const yard = world()
      .job('a', done)
      .job('b', { ...done, needs: ['a'] })
      .job('c', { ...recently, needs: ['b'] })
      .job('d', done)
      .job('e', { needs: ['d'] })
      .job('free', done);

    expect(archived(yard, 8)).toEqual({ jobs: ['free'], messages: [] });
  });

  it('takes a bounded number at a time, those that need others before the others', () => {
    let yard = world();
    for (let at = 0; at <= ARCHIVED_AT_ONCE; at++)
      yard = yard.job(`j${1000 + at}`, { ...done, needs: at === 0 ? [] : [`j${999 + at}`] });

    const result = archived(yard, 8);

    expect(result).toHaveProperty('jobs.length', ARCHIVED_AT_ONCE);
    expect(result).not.toHaveProperty('jobs', expect.arrayContaining(['j1000']));
  });

  it('takes messages that are old and read by all they are for, or expired', () => {
    const yard = world()
      .agent('mac')
      .agent('pc')
      .message('read', { readBy: { mac: noon } })
      .message('half', { to: 'all', readBy: { mac: noon } })
      .message('owed', { ackBy: noon, readBy: { mac: noon } })
      .message('acked', { ackBy: noon, readBy: { mac: noon }, ackedBy: { mac: noon } })
      .message('over', { expiresAt: daysLater(30), priority: 'critical' });

    expect(archived(yard, 29)).toBe('NOTHING_TO_DO');
    const result = archived(yard, 31);
    expect(result).toHaveProperty('messages', expect.arrayContaining(['read', 'acked', 'over']));
    expect(result).toHaveProperty('messages.length', 3);
  });

  it('takes what means nothing any more, however young it is', () => {
    const yard = world()
      .message('over', { expiresAt: daysLater(1) })
      .message('read', { readBy: { mac: noon } });

    expect(archived(yard, 0.5)).toBe('NOTHING_TO_DO');
    expect(archived(yard, 1.5)).toEqual({ jobs: [], messages: ['over'] });
  });

  it('takes messages alone, of an age that is asked for', () => {
    const { state } = world()
      .job('old', done)
      .message('read', { readBy: { mac: noon } })
      .message('unread');
    const ask = (messagesDays: number) => archiveFinished(state, { messagesDays, now: daysLater(10) });

    expect(ask(11)).toMatchObject({ ok: false, code: 'NOTHING_TO_DO' });
    expect(ask(9)).toMatchObject({ result: { jobs: [], messages: ['read'] } });
  });

  it('keeps what nobody read for as long as the archive would, and a critical message until somebody did', () => {
    const yard = world().message('unread').message('critical', { priority: 'critical' });

    expect(archived(yard, 119)).toBe('NOTHING_TO_DO');
    expect(archived(yard, 121)).toEqual({ jobs: [], messages: ['unread'] });
  });

  it('leaves what a broken file stands for', () => {
    const yard = world()
      .job('old', done)
      .broken('shared/jobs/aa/old.json', { of: { kind: 'job', id: 'old' } });

    expect(archived(yard, 8)).toBe('NOTHING_TO_DO');
  });

  it('heeds what the yard keeps', () => {
    const retention = { ...theYard().retention, finishedJobsDays: 1 };

    expect(archived(world().yard({ retention }).job('old', done), 2)).toMatchObject({ jobs: ['old'] });
  });

  it('leaves a job for a day where minutes of a day are counted, however little the yard keeps', () => {
    const retention = { ...theYard().retention, finishedJobsDays: 0 };
    const counted = aNamespace({ quotas: { minutesPerDay: 60 } });
    const scene = world().yard({ retention }).job('old', done);

    expect(archived(scene, 0.5)).toMatchObject({ jobs: ['old'] });
    expect(archived(scene.yard({ namespaces: { counted } }), 0.5)).toBe('NOTHING_TO_DO');
    expect(archived(scene.yard({ namespaces: { counted } }), 1.5)).toMatchObject({ jobs: ['old'] });
  });
});
