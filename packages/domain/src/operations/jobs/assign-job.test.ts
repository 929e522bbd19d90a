import { describe, expect, it } from 'vitest';
import { nothingToCommit, refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { minutesAfterNoon, noon, world } from '../../spec/world.ts';
import { assignJob } from './assign-job.ts';
import { claimJob } from './claim-job.ts';

const act = { jobId: 'b1', agentId: 'mac', reason: null, now: noon };

describe('assign-job', () => {
  it('says who must run the job, and that any may', () => {
    const { state } = world().agent('mac').job('b1').job('b2', { assignedTo: 'mac' });

    expect(resultOf(assignJob(state, act)).assignedTo).toBe('mac');
    expect(resultOf(assignJob(state, { ...act, jobId: 'b2', agentId: null })).assignedTo).toBeNull();
  });

  it('binds nobody any more when its time is over', () => {
    const { state } = world().agent('mac').agent('pc').beat('pc').job('b1');
    const until = minutesAfterNoon(10);
    const assigned = stateAfter(state, assignJob(state, { ...act, until }));
    const claim = (now: string) => claimJob(assigned, { agentId: 'pc', boot: null, now });

    expect(claim(minutesAfterNoon(9))).toMatchObject(refusal('NO_RUNNABLE_JOB'));
    expect(resultOf(claim(until))).toMatchObject({ agent: 'pc', assignedTo: null, assignedUntil: null });
    expect(assignJob(state, { ...act, until: noon })).toMatchObject(refusal('INVALID_DATA'));
  });

  it('commits nothing when it is so already', () => {
    const { state } = world().agent('mac').job('b1', { assignedTo: 'mac' });

    expect(assignJob(state, act)).toMatchObject(nothingToCommit);
  });

  it('refuses an agent that nobody knows', () => {
    expect(assignJob(world().job('b1').state, act)).toMatchObject(refusal('UNKNOWN_AGENT'));
  });
});
