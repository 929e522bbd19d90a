import { describe, expect, it } from 'vitest';
import { nothingToCommit, resultOf, stateAfter } from '../../spec/outcome.ts';
import { noon, world } from '../../spec/world.ts';
import { cancelJob } from './cancel-job.ts';

const act = { jobId: 'b1', by: 'ann', reason: 'superseded', now: noon };
const cancelRequested = { by: 'ann', at: noon, reason: 'superseded' };

describe('cancel-job', () => {
  it('ends a queued job at once', () => {
    const { state } = world().job('b1');

    expect(resultOf(cancelJob(state, act))).toMatchObject({ status: 'cancelled', endedAt: noon, cancelRequested });
  });

  it('asks the holder of a running job, who ends it', () => {
    const { state } = world().job('b1', { status: 'running' });

    expect(resultOf(cancelJob(state, act))).toMatchObject({ status: 'running', endedAt: null, cancelRequested });
  });

  it.each(['queued', 'running'] as const)('asked twice for a %s job, changes nothing', (status) => {
    const { state } = world().job('b1', { status });
    const after = stateAfter(state, cancelJob(state, act));

    expect(cancelJob(after, { ...act, by: 'bob' })).toMatchObject(nothingToCommit);
  });
});
