import { describe, expect, it } from 'vitest';
import { nothingToCommit, refusal, resultOf } from '../../spec/outcome.ts';
import { noon, world } from '../../spec/world.ts';
import { assignJob } from './assign-job.ts';

const act = { jobId: 'b1', agentId: 'mac', reason: null, now: noon };

describe('assign-job', () => {
  it('says who must run the job, and that any may', () => {
    const { state } = world().agent('mac').job('b1').job('b2', { assignedTo: 'mac' });

    expect(resultOf(assignJob(state, act)).assignedTo).toBe('mac');
    expect(resultOf(assignJob(state, { ...act, jobId: 'b2', agentId: null })).assignedTo).toBeNull();
  });

  it('commits nothing when it is so already', () => {
    const { state } = world().agent('mac').job('b1', { assignedTo: 'mac' });

    expect(assignJob(state, act)).toMatchObject(nothingToCommit);
  });

  it('refuses an agent that nobody knows', () => {
    expect(assignJob(world().job('b1').state, act)).toMatchObject(refusal('UNKNOWN_AGENT'));
  });
});
