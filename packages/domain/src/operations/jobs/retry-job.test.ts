import { describe, expect, it } from 'vitest';
import { refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { noon, world } from '../../spec/world.ts';
import { claimJob } from './claim-job.ts';
import { retryJob } from './retry-job.ts';

const act = { jobId: 'b1', by: 'ann', reason: null, now: noon };

describe('retry-job', () => {
  it('opens the job again with its past, and the next claim has a higher token', () => {
    const { state } = world().agent('mac').job('b1', { status: 'failed', token: 3 });

    const after = stateAfter(state, retryJob(state, act));
    const claimed = resultOf(claimJob(after, { agentId: 'mac', boot: null, now: noon }));

    expect(after.jobs.get('b1')).toMatchObject({ status: 'queued', endedAt: null, result: null, token: 3 });
    expect(claimed).toMatchObject({
      token: 4,
      attempts: [
        { number: 1, token: 3 },
        { number: 2, token: 4 },
      ],
    });
  });

  it('forgets that the job was to be cancelled', () => {
    const cancelRequested = { by: 'ann', at: noon, reason: null };
    const { state } = world().job('b1', { status: 'cancelled', cancelRequested });

    expect(resultOf(retryJob(state, act)).cancelRequested).toBeNull();
  });

  it('does not build again what has succeeded', () => {
    const { state } = world().job('b1', { status: 'succeeded' });

    expect(retryJob(state, act)).toMatchObject(refusal('ALREADY_FINISHED'));
  });
});
