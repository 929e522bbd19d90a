import { describe, expect, it } from 'vitest';
import { nothingToCommit, refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { noon, world } from '../../spec/world.ts';
import type { QueueFile } from '../../state.ts';
import { takeUpQueueFile } from './take-up-queue-file.ts';

const path = 'queue/wish.json';
const input = { path, blob: 'blob-1', ids: ['n1', 'n2'], by: 'ann', now: noon };
const job = (fields: object) => ({ command: ['make'], ...fields }) as unknown as QueueFile['wishes'][number];
const command = (fields: object) =>
  ({ op: 'cancel', target: 'b1', args: {}, if: {}, ...fields }) as QueueFile['wishes'][number];

describe('take-up-queue-file', () => {
  it('makes jobs of the wishes and deletes the file, in one commit', () => {
    const { state } = world().queueFile(path, {
      wishes: [job({ priority: 'High' }), job({ repo: 'https://example/x' })],
    });

    const decision = takeUpQueueFile(state, input);
    const after = stateAfter(state, decision);

    expect(resultOf(decision)).toEqual({ taken: true, jobs: ['n1', 'n2'] });
    expect(after.jobs.get('n1')).toMatchObject({ priority: 3, submittedBy: 'ann' });
    expect(after.jobs.get('n2')?.repository).toBe('https://example/x');
    expect(after.queue.has(path)).toBe(false);
  });

  it('lets a later wish speak of the job of an earlier one', () => {
    const { state } = world().queueFile(path, { wishes: [job({}), job({ needs: ['n1'] }), command({ target: 'n1' })] });

    expect(stateAfter(state, takeUpQueueFile(state, input)).jobs.get('n1')?.status).toBe('cancelled');
  });

  it('names the job that there is when a key is already at work', () => {
    const { state } = world()
      .job('b0', { key: 'nightly' })
      .queueFile(path, { wishes: [job({ key: 'nightly' })] });

    expect(resultOf(takeUpQueueFile(state, input))).toEqual({ taken: true, jobs: ['b0'] });
  });

  it('takes the rules of the queue from a file as from a command line', () => {
    const rules = { queueTimeoutSeconds: 60, silentTimeoutSeconds: 30, retryOn: ['lost'], assignedTo: 'mac' };
    const { state } = world()
      .job('old', { command: ['make'] })
      .queueFile(path, { wishes: [job({ ...rules, supersede: true })] });

    const after = stateAfter(state, takeUpQueueFile(state, input));

    expect(after.jobs.get('n1')).toMatchObject({ ...rules, supersede: 'queued' });
    expect(after.jobs.get('old')).toMatchObject({ status: 'cancelled', cancelRequested: { by: 'ann' } });
  });

  it('grants all wishes of a file or none', () => {
    const { state } = world().queueFile(path, { wishes: [job({}), command({ target: 'nobody' })] });

    const after = stateAfter(state, takeUpQueueFile(state, input));

    expect(after.jobs.size).toBe(0);
    expect(after.queue.get(path)?.answered).toBe('blob-1');
  });

  it('says which of many wishes cannot be granted', () => {
    const reasonFor = (wishes: QueueFile['wishes']) =>
      resultOf(takeUpQueueFile(world().queueFile(path, { wishes }).state, input));

    expect(reasonFor([command({ target: 'nobody' })])).toMatchObject({
      reason: 'cannot be done: there is no job nobody',
    });
    expect(reasonFor([job({}), job({ needs: ['nobody'] })])).toMatchObject({
      reason: 'cannot be done: wish 2: needs job nobody, which does not exist',
    });
  });

  it('answers a broken file once, and again only when it was changed', () => {
    const problem = { reason: 'is no JSON', line: 3 };
    const { state } = world().queueFile(path, { problem });

    const decision = takeUpQueueFile(state, input);
    const after = stateAfter(state, decision);

    expect(decision).toMatchObject({
      ok: true,
      changes: [{ kind: 'queue-answer', id: path, blob: 'blob-1', ...problem }],
    });
    expect(takeUpQueueFile(after, input)).toMatchObject(nothingToCommit);
  });

  it.each([
    ['that is gone', { ...input, path: 'queue/none.json' }],
    ['that was changed meanwhile', { ...input, blob: 'blob-0' }],
  ])('refuses a file %s', (_, other) => {
    expect(takeUpQueueFile(world().queueFile(path, {}).state, other)).toMatchObject(refusal('NOTHING_TO_DO'));
  });

  it('answers a file that asks for more jobs than there are ids', () => {
    const { state } = world().queueFile(path, { wishes: [job({}), job({}), job({})] });

    expect(resultOf(takeUpQueueFile(state, input))).toMatchObject({ taken: false });
  });
});
