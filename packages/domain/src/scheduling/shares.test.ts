import { describe, expect, it } from 'vitest';
import { applyChanges } from '../apply-changes.ts';
import { claimJob } from '../operations/jobs/claim-job.ts';
import { finishJob } from '../operations/jobs/finish-job.ts';
import { accepted } from '../spec/outcome.ts';
import { minutesAfterNoon, noon, world } from '../spec/world.ts';
import type { State } from '../state.ts';
import { after } from '../time.ts';

const result = { exitCode: 0, artifacts: 0, manifest: null, log: null, tests: null, isolation: null };

/** One agent claims and finishes, again and again: whose jobs it ran, in order. */
function served(state: State, count: number): string[] {
  const names: string[] = [];
  let current = state;
  for (let at = 0; at < count; at++) {
    const now = after(minutesAfterNoon(10), at * 1000);
    const claim = accepted(claimJob(current, { agentId: 'mac', boot: null, now }));
    const { id: jobId, token, submittedBy } = claim.result;
    names.push(submittedBy);
    current = applyChanges(current, claim.changes);
    const ended = { jobId, token, agentId: 'mac', status: 'succeeded', now, stages: [], result } as const;
    const finish = finishJob(current, { ...ended, cause: null, exitCode: 0, signal: null, reason: null });
    current = applyChanges(current, accepted(finish).changes);
  }
  return names;
}

const jobsOf = (by: string, count: number, minutes: number, scene = world().agent('mac')) =>
  Array.from({ length: count }, (_, at) => `${by.replaceAll('/', '-')}${at}`).reduce(
    (it, id) => it.job(id, { submittedBy: by, submittedAt: minutesAfterNoon(minutes) }),
    scene,
  );

describe('shares', () => {
  it('serve submitters in turn, however many jobs one of them brought first', () => {
    const { state } = jobsOf('bob', 2, 1, jobsOf('ann', 50, 0));

    expect(served(state, 6)).toEqual(['ann', 'bob', 'ann', 'bob', 'ann', 'ann']);
  });

  it('put who has fewer jobs running first', () => {
    const { state } = jobsOf('bob', 1, 5, jobsOf('ann', 1, 0)).job('r1', { status: 'running', submittedBy: 'ann' });

    expect(served(world(state).agent('mac', { slots: 9 }).state, 2)).toEqual(['bob', 'ann']);
  });

  it('never put anybody before a more urgent job', () => {
    const { state } = jobsOf('ann', 3, 0).job('urgent', { submittedBy: 'ann', priority: 1, submittedAt: noon });
    const crowded = jobsOf('bob', 3, 0, world(state));

    expect(claimJob(crowded.state, { agentId: 'mac', boot: null, now: noon })).toMatchObject({
      result: { id: 'urgent' },
    });
  });

  it('count all files of the inbox as one submitter', () => {
    const files = ['queue/a', 'queue/b', 'queue/c'].reduce((scene, by) => jobsOf(by, 1, 0, scene), jobsOf('ann', 3, 1));

    expect(served(files.state, 4)).toEqual(['queue/a', 'ann', 'queue/b', 'ann']);
  });
});
