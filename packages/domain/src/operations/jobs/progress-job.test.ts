import { describe, expect, it } from 'vitest';
import type { Stage } from '../../entities/attempt.ts';
import { accepted, nothingToCommit, resultOf, stateAfter } from '../../spec/outcome.ts';
import { noon, world } from '../../spec/world.ts';
import { progressJob } from './progress-job.ts';

const stage = (name: string, status: Stage['status'], fields: Partial<Stage> = {}): Stage => ({
  name,
  status,
  startedAt: null,
  endedAt: null,
  warnings: 0,
  errors: 0,
  message: null,
  ...fields,
});
const at = (...stages: Stage[]) => ({ jobId: 'b1', agentId: 'mac', token: 1, now: noon, stages });
const { state } = world().job('b1', { status: 'running' });

describe('progress-job', () => {
  it('writes the stages down, and names the one it has come to', () => {
    const decision = accepted(
      progressJob(state, at(stage('Fetch', 'Succeeded'), stage('Build', 'Running'), stage('Test', 'Pending'))),
    );

    expect(decision.result.attempts[0]?.stages).toHaveLength(3);
    expect(decision.summary).toBe('progress job b1: Build Running');
  });

  it('commits nothing when no stage moved, whatever else was counted', () => {
    const after = stateAfter(state, progressJob(state, at(stage('Build', 'Running'))));

    expect(progressJob(after, at(stage('Build', 'Running', { warnings: 7 })))).toMatchObject(nothingToCommit);
  });

  it('keeps of a talkative build what its file may hold', () => {
    const many = Array.from({ length: 80 }, () => stage('Build', 'Running', { message: 'x'.repeat(3000) }));

    const [attempt] = resultOf(progressJob(state, at(...many))).attempts;

    expect(attempt?.stages).toHaveLength(50);
    expect(attempt?.stages[0]?.message).toHaveLength(1000);
  });
});
