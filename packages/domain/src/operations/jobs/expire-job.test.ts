import { describe, expect, it } from 'vitest';
import type { Job } from '../../entities/job.ts';
import { nothingToCommit, refusal, resultOf } from '../../spec/outcome.ts';
import { theYard } from '../../spec/samples.ts';
import { minutesAfterNoon, noon, type World, world } from '../../spec/world.ts';
import { expireJob } from './expire-job.ts';
import { retryJob } from './retry-job.ts';

const expire = ({ state }: World, minutes: number) =>
  expireJob(state, { jobId: 'b1', by: 'mac', now: minutesAfterNoon(minutes) });
const waiting = (fields: Partial<Job>, scene = world()) => scene.job('b1', { queueTimeoutSeconds: 600, ...fields });

describe('expire-job', () => {
  it('ends a job that waited as long as it may, and not before', () => {
    expect(expire(waiting({}), 9)).toMatchObject(refusal('NOTHING_TO_DO'));
    expect(resultOf(expire(waiting({}), 10))).toMatchObject({ status: 'expired', endedAt: minutesAfterNoon(10) });
  });

  it('takes the time of the yard where the job says nothing, and none where it says 0', () => {
    const yard = world().yard({ jobs: { ...theYard().jobs, queueTimeoutSeconds: 60 } });

    expect(resultOf(expire(yard.job('b1'), 1)).status).toBe('expired');
    expect(expire(yard.job('b1', { queueTimeoutSeconds: 0 }), 999)).toMatchObject(refusal('NOTHING_TO_DO'));
    expect(expire(world().job('b1'), 999)).toMatchObject(refusal('NOTHING_TO_DO'));
  });

  it('counts from when it could have run: after what it needs, its time, its pause and its last attempt', () => {
    const later = minutesAfterNoon(20);
    const scenes = [
      waiting({ notBefore: later }),
      waiting({ needs: ['b0'] }, world().job('b0', { status: 'succeeded', endedAt: later })),
      waiting({ paused: { by: 'ann', at: noon, reason: null, until: later } }),
      waiting({ queuedAt: later }),
    ];

    expect(scenes.map((scene) => expire(scene, 29).ok)).toEqual([false, false, false, false]);
    expect(scenes.map((scene) => expire(scene, 30).ok)).toEqual([true, true, true, true]);
  });

  it.each([
    ['that is paused', waiting({ paused: { by: 'ann', at: noon, reason: null, until: null } })],
    ['whose need runs', waiting({ needs: ['b0'] }, world().job('b0', { status: 'running' }))],
  ])('leaves a job alone %s', (_, scene) => {
    expect(expire(scene, 999)).toMatchObject(refusal('NOTHING_TO_DO'));
  });

  it('changes nothing the second time', () => {
    expect(expire(waiting({ status: 'expired' }), 30)).toMatchObject(nothingToCommit);
  });

  it('leaves a retried job its whole time again', () => {
    const now = minutesAfterNoon(60);
    const scene = waiting({ status: 'expired' });
    const again = resultOf(retryJob(scene.state, { jobId: 'b1', by: 'ann', reason: null, now }));

    expect(expire(world().job('b1', again), 69)).toMatchObject(refusal('NOTHING_TO_DO'));
    expect(expire(world().job('b1', again), 70).ok).toBe(true);
  });
});
