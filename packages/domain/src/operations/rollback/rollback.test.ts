import { describe, expect, it } from 'vitest';
import { rollbackIdOf } from '../../entities/file-id.ts';
import { nothingToCommit, refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { aGoodBuild, aPoint } from '../../spec/samples.ts';
import { minutesAfterNoon, noon, world } from '../../spec/world.ts';
import { finishJob } from '../jobs/finish-job.ts';
import { forgetRollbackPoints, pointsBeyond } from './forget-rollback-points.ts';
import { automaticGoodBuild, rollbackOf } from './good-builds.ts';
import { recordRollbackPoint } from './record-rollback-point.ts';

const done = { status: 'succeeded', branch: 'main' } as const;
const good = world().job('b1', done).manifest('b1');
const record = (point = aPoint('b1', noon), branch = 'main') => ({ branch, point, now: noon });

describe('record-rollback-point', () => {
  it('keeps the point and tells the last good build of the branch', () => {
    const state = stateAfter(good.state, recordRollbackPoint(good.state, record()));

    expect(rollbackOf(state, 'main')).toMatchObject({
      branch: 'main',
      lastGood: [{ job: 'b1', builtAt: noon }],
      points: [{ job: 'b1', tag: 'build-success-main-20260302T120000Z' }],
    });
  });

  it('is once, however often it is told', () => {
    const state = stateAfter(good.state, recordRollbackPoint(good.state, record()));
    const later = aPoint('b1', noon, { recordedAt: minutesAfterNoon(9) });

    expect(recordRollbackPoint(state, record(later))).toMatchObject(nothingToCommit);
    expect(recordRollbackPoint(state, record(aPoint('b1', noon, { tagObject: 'e'.repeat(40) })))).toMatchObject(
      refusal('CONFLICT'),
    );
  });

  it('refuses what did not succeed, what has no manifest, and what built another branch', () => {
    const failed = world()
      .job('b1', { ...done, status: 'failed' })
      .manifest('b1').state;

    expect(recordRollbackPoint(failed, record())).toMatchObject(refusal('NOT_SUCCEEDED'));
    expect(recordRollbackPoint(world().job('b1', done).state, record())).toMatchObject(refusal('NOT_FOUND'));
    expect(recordRollbackPoint(good.state, record(aPoint('b1', noon), 'dev'))).toMatchObject(refusal('CONFLICT'));
  });

  it('never lets an older build take the place of the last good one', () => {
    const { state } = good.rollback('main', { lastGood: [aGoodBuild('b9', minutesAfterNoon(5))] });
    const after = rollbackOf(stateAfter(state, recordRollbackPoint(state, record())), 'main');

    expect([after.lastGood.map((it) => it.job), after.points.map((it) => it.job)]).toEqual([['b9'], ['b1']]);
  });

  it('gives branches that differ only in what file names cannot say files of their own', () => {
    const ids = ['main', 'feature/x', 'feature-x', 'Feature/X', 'ä', 'ö'].map(rollbackIdOf);

    expect(new Set(ids).size).toBe(ids.length);
    expect(ids[0]).toBe('main');
    for (const id of ids) expect(id).toMatch(/^[a-z0-9][a-z0-9._-]{0,99}$/);
  });
});

describe('forget-rollback-points', () => {
  const [old, older] = [aPoint('b2', noon), aPoint('b1', minutesAfterNoon(-5))];
  const other = aPoint('b0', minutesAfterNoon(-9), { repository: 'https://git.example/other.git' });
  const yard = world().rollback('main', { points: [old, older, other] });

  it('strikes off what is asked for, once', () => {
    const wish = { branch: 'main', tags: [older.tag], now: noon };
    const state = stateAfter(yard.state, forgetRollbackPoints(yard.state, wish));

    expect(rollbackOf(state, 'main').points).toEqual([old, other]);
    expect(forgetRollbackPoints(state, wish)).toMatchObject(nothingToCommit);
  });

  it('keeps the last point of each repository, whatever is asked for', () => {
    expect(forgetRollbackPoints(yard.state, { branch: 'main', tags: [old.tag], now: noon })).toMatchObject(
      refusal('CONFLICT'),
    );
    expect(pointsBeyond(rollbackOf(yard.state, 'main'), 0)).toEqual([older]);
    expect(pointsBeyond(rollbackOf(yard.state, 'main'), 20)).toEqual([]);
  });
});

describe('the last good build', () => {
  it('is told with the end of a job where the team wants that', () => {
    const job = good.state.jobs.get('b1');
    if (!job) throw new Error('no job');
    const automatic = good.yard({ rollback: { automatic: true } }).state;

    expect(automaticGoodBuild(good.state, job, 'mac')).toEqual([]);
    expect(automaticGoodBuild(automatic, job, 'mac')).toMatchObject([{ kind: 'rollback', id: 'main' }]);
    expect(automaticGoodBuild(automatic, { ...job, status: 'failed' }, 'mac')).toEqual([]);
    expect(resultOf(recordRollbackPoint(automatic, record())).job).toBe('b1');
  });

  it('is left out where its file is broken: a result is never refused for that', () => {
    const of = { kind: 'rollback', id: 'main' } as const;
    const running = world().job('b1', { status: 'running', token: 3, branch: 'main' });
    const automatic = running.yard({ rollback: { automatic: true } });
    const end = { jobId: 'b1', agentId: 'mac', token: 3, status: 'succeeded', cause: null, exitCode: 0 } as const;
    const result = { exitCode: 0, artifacts: 0, manifest: null, log: null, tests: null, isolation: null };
    const finish = { ...end, signal: null, reason: null, stages: [], result, now: noon };

    const whole = stateAfter(automatic.state, finishJob(automatic.state, finish));
    const { state } = automatic.broken('shared/rollback/main.json', { of });

    expect(rollbackOf(whole, 'main').lastGood).toMatchObject([{ job: 'b1', agent: 'mac' }]);
    expect(stateAfter(state, finishJob(state, finish)).rollbacks.size).toBe(0);
  });
});
