import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../apply-changes.ts';
import { broken, operation } from '../../spec/audited.ts';
import { minutesAfterNoon, noon, type World, world } from '../../spec/world.ts';
import type { State } from '../../state.ts';
import { failbacksDue, failoversDue } from '../../views/failovers.ts';
import { assignJob } from '../jobs/assign-job.ts';
import { type FailOver, failBack, failOver } from './fail-over.ts';

const longAgo = { at: minutesAfterNoon(-60), nextBeatBy: minutesAfterNoon(-59) };
const fleet = (): World => world().agent('a').agent('b').beat('b');
const over: FailOver = { from: 'a', to: 'b', drain: false, reason: null, now: noon };
const paired = (scene: World): State => scene.yard({ failover: { a: { backup: 'b' } } }).state;

function moved(state: State, input: Partial<FailOver> = {}): State {
  const answer = failOver(state, { ...over, ...input });
  if (!answer.ok) throw new Error(answer.reason);
  return applyChanges(state, answer.changes);
}

describe('fail-over', () => {
  it('gives what waits for one agent to another, and back again', () => {
    const { state } = fleet()
      .job('w', { assignedTo: 'a' })
      .job('r', { assignedTo: 'a', status: 'running', agent: 'a' })
      .job('x');

    const after = moved(state);
    expect(after.jobs.get('w')).toMatchObject({ assignedTo: 'b', movedFrom: 'a' });
    expect(after.jobs.get('r')).toBe(state.jobs.get('r'));
    expect(after.jobs.get('x')).toBe(state.jobs.get('x'));
    expect(broken(state, after, [operation('fail-over', { job: null })])).toEqual([]);

    const back = failBack(after, { agentId: 'a', reason: null, now: noon });
    expect(back).toMatchObject({ ok: true, result: { moved: ['w'] } });
    expect(applyChanges(after, back.ok ? back.changes : []).jobs.get('w')).toMatchObject({
      assignedTo: 'a',
      movedFrom: null,
    });
  });

  it('has its effect once, and commits nothing for the second time', () => {
    expect(failOver(moved(fleet().job('w', { assignedTo: 'a' }).state), over)).toMatchObject({ ok: true, changes: [] });
  });

  it('leaves what the other cannot run, and says so', () => {
    const { state } = fleet()
      .job('gpu', { assignedTo: 'a', labels: ['gpu'] })
      .job('w', { assignedTo: 'a' });

    expect(failOver(state, over)).toMatchObject({ result: { moved: ['w'], stayed: ['gpu'] } });
  });

  it('remembers where a job belongs when its backup fails as well', () => {
    const twice = moved(moved(fleet().agent('c').job('w', { assignedTo: 'a' }).state), { from: 'b', to: 'c' });

    expect(twice.jobs.get('w')).toMatchObject({ assignedTo: 'c', movedFrom: 'a' });
    expect(moved(twice, { from: 'c', to: 'a' }).jobs.get('w')).toMatchObject({ assignedTo: 'a', movedFrom: null });
  });

  it('drains the agent when a person asks for it', () => {
    expect(moved(fleet().state, { drain: true, reason: 'new disk' }).agents.get('a')).toMatchObject({
      mode: 'draining',
      modeReason: 'new disk',
      modeSince: noon,
    });
  });

  it.each([
    ['an agent that nobody knows', { to: 'zed' }, 'NOT_FOUND'],
    ['the agent itself', { to: 'a' }, 'CONFLICT'],
    ['one that takes no jobs', { to: 'c' }, 'AGENT_NOT_ACTIVE'],
  ])('refuses %s as a backup', (_, input, code) => {
    expect(failOver(fleet().agent('c', { mode: 'draining' }).state, { ...over, ...input })).toMatchObject({
      ok: false,
      code,
    });
  });

  it('gives no job back that a person has assigned since', () => {
    const after = moved(fleet().job('w', { assignedTo: 'a' }).state);
    const assigned = assignJob(after, { jobId: 'w', agentId: null, reason: null, now: noon });

    expect(assigned).toMatchObject({ result: { assignedTo: null, movedFrom: null } });
  });
});

describe('the pairs of yard.json', () => {
  it.each([
    ['is silent', fleet().beat('a', longAgo), 'a gives no sign of life; b is its backup'],
    [
      'is in maintenance',
      fleet().agent('a', { mode: 'maintenance' }).beat('a'),
      'a is in maintenance; b is its backup',
    ],
    ['was stopped', fleet().beat('a', { stopped: true }), 'a gives no sign of life; b is its backup'],
  ])('call for the backup when the primary %s and something waits for it', (_, scene, reason) => {
    expect(failoversDue(paired(scene.job('w', { assignedTo: 'a' })), noon)).toEqual([{ from: 'a', to: 'b', reason }]);
    expect(failoversDue(paired(scene), noon)).toEqual([]);
  });

  it('are left alone while the primary is there, was never heard of, or the backup is away itself', () => {
    const waiting = (scene: World) => failoversDue(paired(scene.job('w', { assignedTo: 'a' })), noon);

    expect(waiting(fleet().beat('a'))).toEqual([]);
    expect(waiting(fleet())).toEqual([]);
    expect(waiting(fleet().beat('a', longAgo).beat('b', longAgo))).toEqual([]);
    expect(waiting(fleet().beat('a', longAgo).agent('b', { mode: 'maintenance' }))).toEqual([]);
  });

  it('give jobs back when the primary lives and takes jobs', () => {
    const away = world(moved(fleet().beat('a', longAgo).job('w', { assignedTo: 'a' }).state));

    expect(failbacksDue(away.state, noon)).toEqual([]);
    expect(failbacksDue(away.beat('a').state, noon)).toEqual(['a']);
    expect(failbacksDue(away.beat('a').agent('a', { mode: 'draining' }).state, noon)).toEqual([]);
  });
});
