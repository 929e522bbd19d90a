import { describe, expect, it } from 'vitest';
import { claimJob } from '../operations/jobs/claim-job.ts';
import { broken, operation } from '../spec/audited.ts';
import { refusal, resultOf } from '../spec/outcome.ts';
import { noon, world } from '../spec/world.ts';
import { explain } from '../views/explain.ts';

const capabilities = { os: 'linux', arch: 'x64', cores: 8, memoryGB: 16, diskGB: 100, tools: {} };
const cores = (count: number) => ({ reserves: { cores: count, memoryGB: 0 } });
const fleet = world().agent('mac', { slots: 4, capabilities }).beat('mac');
const busy = fleet.job('a1', { status: 'running', ...cores(6) });
const claim = { agentId: 'mac', boot: null, now: noon };

describe('reservation', () => {
  it('passes over a job for which there is no room, and takes the next that has it', () => {
    const { state } = busy.job('b1', { ...cores(4), priority: 1 }).job('b2', cores(2));

    expect(resultOf(claimJob(state, claim)).id).toBe('b2');
    expect(claimJob(state, { ...claim, jobId: 'b1' })).toMatchObject({
      code: 'NOT_RUNNABLE',
      reason: 'job b1 cannot run on mac, which has 2 of 8 cores free, 4 asked',
    });
  });

  it('leaves room for as many as fit, and for those that reserve nothing', () => {
    const { state } = fleet.job('a1', { status: 'running', ...cores(4) }).job('b1', cores(4));
    expect(resultOf(claimJob(state, claim)).id).toBe('b1');

    const full = fleet.job('a1', { status: 'running', ...cores(8) }).job('b1');
    expect(resultOf(claimJob(full.state, claim)).id).toBe('b1');
  });

  it('counts memory as well', () => {
    const { state } = fleet
      .job('a1', { status: 'running', reserves: { cores: 0, memoryGB: 12.5 } })
      .job('b1', { reserves: { cores: 0, memoryGB: 4 } });

    expect(claimJob(state, claim)).toMatchObject(refusal('NO_RUNNABLE_JOB'));
  });

  it('is the reason that a job waits, or can never run', () => {
    const waiting = busy.job('b1', cores(4)).state;
    const tooLarge = fleet.job('b1', cores(64)).state;
    const reasonOf = (state: typeof waiting) => {
      const job = state.jobs.get('b1');
      return job && explain(state, job, noon).reasons[0];
    };

    expect(reasonOf(waiting)).toMatchObject({
      code: 'agents-busy',
      text: 'mac is busy: mac has 2 of 8 cores free, 4 asked',
    });
    expect(reasonOf(tooLarge)).toMatchObject({
      class: 'stuck',
      text: 'no agent fits 64 cores; nearest is mac, which has 8 cores where 64 are reserved',
    });
  });

  it('is kept by the history', () => {
    const before = busy.job('b1', cores(4));
    const over = busy.job('b1', { status: 'claimed', ...cores(4) });

    expect(broken(before, over, [operation('claim', { token: 1 })])).toEqual(['reservations-fit']);
  });
});
