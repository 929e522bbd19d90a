import { describe, expect, it } from 'vitest';
import { nothingToCommit, refusal, resultOf } from '../../spec/outcome.ts';
import { noon, world } from '../../spec/world.ts';
import { prioritiseJob } from './prioritise-job.ts';

const act = { jobId: 'b1', priority: 1, reason: null, now: noon };

describe('prioritise-job', () => {
  it('gives a job another priority', () => {
    expect(resultOf(prioritiseJob(world().job('b1').state, act)).priority).toBe(1);
  });

  it('commits nothing when it has that one', () => {
    expect(prioritiseJob(world().job('b1', { priority: 1 }).state, act)).toMatchObject(nothingToCommit);
  });

  it.each([0, 11, 2.5, Number.NaN])('refuses %s, which is no priority', (priority) => {
    expect(prioritiseJob(world().job('b1').state, { ...act, priority })).toMatchObject(refusal('INVALID_DATA'));
  });
});
