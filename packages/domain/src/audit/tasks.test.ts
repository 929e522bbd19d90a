import { describe, expect, it } from 'vitest';
import { applyChanges } from '../apply-changes.ts';
import { claimJob } from '../operations/jobs/claim-job.ts';
import { broken, operation } from '../spec/audited.ts';
import { noon, world } from '../spec/world.ts';

const task = { text: 'Build it', parameters: {}, notify: false, message: null };
describe('the audit of tasks', () => {
  it('passes a task that a receiver claims, and names one that a build agent has', () => {
    const { state } = world().agent('a1').agent('w1', { tasks: true }).job('t1', { command: null, task });
    const claim = claimJob(state, { agentId: 'w1', boot: 'w1-boot', now: noon });
    if (!claim.ok) throw new Error(claim.reason);
    const byReceiver = applyChanges(state, claim.changes);
    const held = {
      ...claim.result,
      agent: 'a1',
      attempts: claim.result.attempts.map((it) => ({ ...it, agent: 'a1' })),
    };
    const byBuilder = applyChanges(state, [{ kind: 'job', id: 't1', value: held }]);
    const claimed = (agent: string) => [operation('claim', { job: 't1', agent, token: 1 })];

    expect(claimJob(state, { agentId: 'a1', boot: 'a1-boot', now: noon })).toMatchObject({ code: 'NO_RUNNABLE_JOB' });
    expect(broken(state, byReceiver, claimed('w1'))).toEqual([]);
    expect(broken(state, byBuilder, claimed('a1'))).toEqual(['task-receiver']);
  });

  it('names a command that was carried out by a hand, or twice, or never any more', () => {
    const message = (by: string | null) =>
      world().message('m1', { body: '/tasklist', executed: by === null ? null : { by, at: noon, answer: null } });
    const operations = [operation('answer-command', { job: null, message: 'm1' })];

    expect(broken(message(null), message('a1'), operations)).toEqual([]);
    expect(broken(message(null), message('a1'))).toEqual(['command-once']);
    expect(broken(message('a1'), message('a2'), operations)).toEqual(['command-once']);
    expect(broken(message('a1'), message(null), operations)).toEqual(['command-once']);
  });
});
