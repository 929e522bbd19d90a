import { describe, expect, it } from 'vitest';
import { nothingToCommit, refusal, resultOf } from '../../spec/outcome.ts';
import { noon, world } from '../../spec/world.ts';
import { type JobRequest, submitJob } from './submit-job.ts';

const submit = (job: JobRequest, state = world().state) => submitJob(state, { id: 'b1', job, by: 'ann', now: noon });
const command = ['make'];

describe('submit-job', () => {
  it('queues the job with everything unsaid filled in', () => {
    expect(resultOf(submit({ command }))).toMatchObject({
      id: 'b1',
      status: 'queued',
      priority: 5,
      submittedAt: noon,
      submittedBy: 'ann',
      token: 0,
      attempts: [],
    });
  });

  it('reads a priority out of a label, and leaves no label that no agent has', () => {
    expect(resultOf(submit({ command, labels: ['xcode', 'priority-2'] }))).toMatchObject({
      priority: 2,
      labels: ['xcode'],
    });
    expect(resultOf(submit({ command, labels: ['priority-2'], priority: 7 })).priority).toBe(7);
    expect(resultOf(submit({ command, labels: ['priority-2', 'priority-2'] })).priority).toBe(2);
  });

  it.each([
    [['priority-11'], 'priority-11: priorities go from 1 (first) to 10 (last)'],
    [['xcode', 'priority-0'], 'priority-0: priorities go from 1 (first) to 10 (last)'],
    [['priority-2', 'priority-3'], 'priority-2 and priority-3: a job has one priority'],
  ])('refuses %j, which no agent could ever have', (labels, reason) => {
    expect(submit({ command, labels })).toMatchObject({ ...refusal('INVALID_DATA'), reason });
  });

  it('returns the open job of the same key instead of a second one', () => {
    const { state } = world().job('b0', { key: 'nightly' });

    const decision = submit({ command, key: 'nightly' }, state);

    expect(decision).toMatchObject(nothingToCommit);
    expect(resultOf(decision).id).toBe('b0');
  });

  it('makes a new job when the one of the same key has ended', () => {
    const { state } = world().job('b0', { key: 'nightly', status: 'failed' });

    expect(resultOf(submit({ command, key: 'nightly' }, state)).id).toBe('b1');
  });

  it('takes no token, no holder and no end from a request, whatever a file said', () => {
    const sly = { command, token: 9, agent: 'mac', status: 'succeeded', endedAt: noon, attempts: [{}] } as JobRequest;

    expect(resultOf(submit(sly))).toMatchObject({
      status: 'queued',
      token: 0,
      agent: null,
      endedAt: null,
      attempts: [],
    });
  });

  it('does not write into the request', () => {
    const request = Object.freeze({ command: Object.freeze(command) as string[] });

    expect(submit(request).ok).toBe(true);
  });

  it.each([
    ['nothing to run', {}, 'INVALID_DATA'],
    ['a priority beyond 10', { command, priority: 11 }, 'INVALID_DATA'],
    ['a job that does not exist among its needs', { command, needs: ['b9'] }, 'UNKNOWN_NEED'],
    ['itself among its needs', { command, needs: ['b1'] }, 'DEPENDENCY_CYCLE'],
  ] as const)('refuses %s', (_, request, code) => {
    expect(submit(request as JobRequest)).toMatchObject(refusal(code));
  });

  it('refuses an id that is taken, and an id that is no file name', () => {
    expect(submit({ command }, world().job('b1').state)).toMatchObject(refusal('DUPLICATE_ID'));
    expect(submitJob(world().state, { id: '../b1', job: { command }, by: 'ann', now: noon })).toMatchObject(
      refusal('INVALID_DATA'),
    );
  });

  it('refuses a need that would close a circle', () => {
    const { state } = world().job('b0', { needs: ['b1'] });

    expect(submit({ command, needs: ['b0'] }, state)).toMatchObject({
      ...refusal('DEPENDENCY_CYCLE'),
      refs: ['b1', 'b0'],
    });
  });
});

describe('submit-job of a task', () => {
  const task = { text: 'Build it', parameters: { url: 'u', deep: { list: [1] } }, notify: false, message: null };
  const submitted = (job: Parameters<typeof submitJob>[1]['job']) =>
    submitJob(world().state, { id: 't1', job, by: 'ann', now: noon });

  it('takes it with nested parameters, tags, and the priority that a tag says', () => {
    expect(submitted({ task, labels: ['build', 'priority-2'] })).toMatchObject({
      ok: true,
      result: { task, labels: ['build'], priority: 2, command: null },
    });
  });

  it.each([
    ['a task has no repository', { task, command: ['make'] }],
    ['a task has no repository', { task, repository: 'https://git.example.org/app' }],
    ['a task needs a text', { task: { ...task, text: ' ' } }],
    ['too long', { task: { ...task, parameters: { text: 'x'.repeat(60_000) } } }],
    ['nested more than 20 deep', { task: { ...task, parameters: { deep: nested(5000) } } }],
  ])('refuses it where %s', (reason, job) => {
    expect(submitted(job)).toMatchObject({ ok: false, code: 'INVALID_DATA', reason: expect.stringContaining(reason) });
  });
});

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
