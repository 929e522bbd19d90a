import { describe, expect, it } from 'vitest';
import { aJob } from '../spec/samples.ts';
import { noon } from '../spec/world.ts';
import { isFinished, isHeld, JOB_STATUSES, NEXT_STATUS } from './job.ts';

describe('job', () => {
  it('is queued, held or finished, and never two of them', () => {
    const kinds = JOB_STATUSES.map((status) => {
      const job = aJob('b1', noon, { status });
      return [status, status === 'queued', isHeld(job), isFinished(job)];
    });

    expect(kinds.filter(([, ...is]) => is.filter(Boolean).length !== 1)).toEqual([]);
  });

  it('can come back to the queue from everywhere, and only there from an end', () => {
    for (const status of JOB_STATUSES) {
      if (status === 'queued') continue;
      expect(NEXT_STATUS[status]).toContain('queued');
      if (isFinished(aJob('b1', noon, { status }))) expect(NEXT_STATUS[status]).toEqual(['queued']);
    }
  });
});
