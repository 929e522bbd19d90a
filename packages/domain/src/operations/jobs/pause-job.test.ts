import { describe, expect, it } from 'vitest';
import { nothingToCommit, refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { minutesAfterNoon, noon, world } from '../../spec/world.ts';
import { claimJob } from './claim-job.ts';
import { type PauseJob, pauseJob, unpauseJob } from './pause-job.ts';

const scene = world().agent('mac').beat('mac').job('b1');
const pause = (state = scene.state, fields: Partial<PauseJob> = {}) =>
  pauseJob(state, { jobId: 'b1', by: 'ann', reason: 'release day', until: null, now: noon, ...fields });
const claim = (state: typeof scene.state, now = noon) => claimJob(state, { agentId: 'mac', boot: null, now });

describe('pause-job', () => {
  it('keeps a job from being claimed, and says who did it, when and why', () => {
    expect(resultOf(pause()).paused).toEqual({ by: 'ann', at: noon, reason: 'release day', until: null });
    expect(claim(stateAfter(scene.state, pause()))).toMatchObject(refusal('NO_RUNNABLE_JOB'));
  });

  it('ends by itself at its time, and leaves no trace on the job that is claimed', () => {
    const paused = stateAfter(scene.state, pause(scene.state, { until: minutesAfterNoon(5) }));

    expect(claim(paused, minutesAfterNoon(4))).toMatchObject(refusal('NO_RUNNABLE_JOB'));
    expect(resultOf(claim(paused, minutesAfterNoon(5)))).toMatchObject({ id: 'b1', paused: null });
  });

  it('refuses an end that lies in the past', () => {
    expect(pause(scene.state, { until: noon })).toMatchObject(refusal('INVALID_DATA'));
  });

  it('commits nothing when it is said again, whoever says it', () => {
    const paused = stateAfter(scene.state, pause());

    expect(pause(paused, { by: 'bob', now: minutesAfterNoon(1) })).toMatchObject(nothingToCommit);
    expect(pause(paused, { by: 'bob', reason: null })).toMatchObject(nothingToCommit);
    expect(resultOf(pause(paused, { by: 'bob', reason: 'another' })).paused?.by).toBe('bob');
  });

  it('lets it go on, and its time to wait begin anew', () => {
    const paused = stateAfter(scene.state, pause());
    const now = minutesAfterNoon(7);
    const going = unpauseJob(paused, { jobId: 'b1', reason: null, now });

    expect(resultOf(going)).toMatchObject({ paused: null, queuedAt: now });
    expect(unpauseJob(scene.state, { jobId: 'b1', reason: null, now })).toMatchObject(nothingToCommit);
  });
});
