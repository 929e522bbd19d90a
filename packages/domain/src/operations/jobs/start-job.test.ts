import { describe, expect, it } from 'vitest';
import { nothingToCommit, resultOf } from '../../spec/outcome.ts';
import { noon, world } from '../../spec/world.ts';
import { startJob } from './start-job.ts';

const holder = { jobId: 'b1', agentId: 'mac', token: 1, now: noon };

describe('start-job', () => {
  it('says of the job and of its attempt that it runs', () => {
    const { state } = world().job('b1', { status: 'claimed' });

    expect(resultOf(startJob(state, holder))).toMatchObject({ status: 'running', attempts: [{ status: 'running' }] });
  });

  it('commits nothing when it runs already', () => {
    const { state } = world().job('b1', { status: 'running' });

    expect(startJob(state, holder)).toMatchObject(nothingToCommit);
  });
});
