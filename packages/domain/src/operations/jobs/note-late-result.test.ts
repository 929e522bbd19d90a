import { describe, expect, it } from 'vitest';
import { nothingToCommit, refusal, stateAfter } from '../../spec/outcome.ts';
import { anAttempt } from '../../spec/samples.ts';
import { noon, world } from '../../spec/world.ts';
import { noteLateResult } from './note-late-result.ts';

const late = { jobId: 'b1', agentId: 'mac', token: 1, status: 'succeeded', exitCode: 0, now: noon };
const lost = anAttempt({ agent: 'mac', token: 1, startedAt: noon, status: 'lost', cause: 'lost', endedAt: noon });
const taken = anAttempt({ number: 2, agent: 'pc', token: 2, startedAt: noon, status: 'running' });
const { state } = world().job('b1', { status: 'running', agent: 'pc', token: 2, attempts: [lost, taken] });

describe('note-late-result', () => {
  it('keeps the report as a note on the lost attempt, and changes nothing else', () => {
    const after = stateAfter(state, noteLateResult(state, late));

    const note = { status: 'succeeded', exitCode: 0, at: noon };
    expect(after.jobs.get('b1')).toEqual({ ...state.jobs.get('b1'), attempts: [{ ...lost, late: note }, taken] });
  });

  it('notes it once', () => {
    const after = stateAfter(state, noteLateResult(state, late));

    expect(noteLateResult(after, { ...late, status: 'failed' })).toMatchObject(nothingToCommit);
  });

  it.each([
    ['of who never held it', { ...late, agentId: 'pc' }, 'NOT_FOUND'],
    ['of an attempt that was not lost', { ...late, agentId: 'pc', token: 2 }, 'NOTHING_TO_DO'],
    ['of no job', { ...late, jobId: 'b9' }, 'NOT_FOUND'],
  ] as const)('refuses a report %s', (_, input, code) => {
    expect(noteLateResult(state, input)).toMatchObject(refusal(code));
  });
});
