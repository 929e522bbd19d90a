import { describe, expect, it } from 'vitest';
import type { Job } from '../../entities/job.ts';
import { accepted, stateAfter } from '../../spec/outcome.ts';
import { minutesAfterNoon, noon, type World, world } from '../../spec/world.ts';
import { type JobRequest, submitJob } from './submit-job.ts';

const work = { repository: 'https://example/app', branch: 'main', command: ['make'] };
const submit = ({ state }: World, job: JobRequest = {}, now = minutesAfterNoon(1)) =>
  submitJob(state, { id: 'new', job: { ...work, supersede: 'queued', ...job }, by: 'ann', now });
const afterwards = (scene: World, job: JobRequest = {}) => stateAfter(scene.state, submit(scene, job)).jobs;
const statusOf = (scene: World, job: JobRequest = {}) => afterwards(scene, job).get('old')?.status;
const old = (fields: Partial<Job> = {}) => world().job('old', { ...work, ...fields });

describe('supersede', () => {
  it('cancels an older job of the same work in the same commit, and names the newer one', () => {
    const decision = accepted(submit(old()));

    expect(stateAfter(old().state, decision).jobs.get('old')).toMatchObject({
      status: 'cancelled',
      endedAt: minutesAfterNoon(1),
      cancelRequested: { by: 'ann', reason: 'superseded by job new' },
    });
    expect(decision.summary).toBe('submit job new for main, superseding 1');
  });

  it.each([
    ['another branch', { branch: 'dev' }],
    ['another repository', { repository: 'https://example/lib' }],
    ['another group', { group: 'deploy' }],
    ['another command', { command: ['make', 'test'] }],
    ['other parameters', { parameters: { configuration: 'Debug' } }],
    ['other labels', { labels: ['gpu'] }],
  ])('leaves the job of %s alone', (_, fields) => {
    expect(statusOf(old(fields))).toBe('queued');
  });

  it('leaves what runs alone, unless it is asked to stop that too', () => {
    const running = old({ status: 'running' });

    expect(afterwards(running).get('old')?.cancelRequested).toBeNull();
    expect(afterwards(running, { supersede: 'running' }).get('old')).toMatchObject({
      status: 'running',
      cancelRequested: { reason: 'superseded by job new' },
    });
  });

  it('cancels nothing where it is not asked to', () => {
    expect(statusOf(old(), { supersede: null })).toBe('queued');
  });

  it('spares what an open job needs, and what it needs itself', () => {
    expect(statusOf(old().job('test', { needs: ['old'] }))).toBe('queued');
    expect(statusOf(old(), { needs: ['old'] })).toBe('queued');
  });

  it('coming late, cancels nothing that came after it', () => {
    expect(statusOf(old({ submittedAt: minutesAfterNoon(2) }))).toBe('queued');
    expect(statusOf(old({ submittedAt: noon }))).toBe('cancelled');
  });
});
