import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Job } from '../entities/job.ts';
import { claimJob } from '../operations/jobs/claim-job.ts';
import { finishJob } from '../operations/jobs/finish-job.ts';
import { retryJob } from '../operations/jobs/retry-job.ts';
import { submitJob } from '../operations/jobs/submit-job.ts';
import { removeNamespace, setNamespace } from '../operations/yard/set-namespace.ts';
import { claimOrder } from '../scheduling/order.ts';
import { broken, operation } from '../spec/audited.ts';
import { nothingToCommit, refusal, resultOf, stateAfter } from '../spec/outcome.ts';
import { anAttempt } from '../spec/samples.ts';
import { minutesAfterNoon, noon, type World, world } from '../spec/world.ts';
import type { State } from '../state.ts';
import { explain } from '../views/explain.ts';
import { namespaceOf } from './namespace-of.ts';
import { refuseOutside } from './outside.ts';
import { usageOf } from './usage.ts';

type Wish = Parameters<typeof setNamespace>[1]['wish'];
const spaced = (namespaces: Readonly<Record<string, Wish>>): World => {
  let { state } = world().agent('mac', { slots: 9 }).agent('pc', { slots: 9, pool: 'Windows' }).beat('mac').beat('pc');
  for (const [name, wish] of Object.entries(namespaces))
    state = stateAfter(state, setNamespace(state, { name, wish, reason: null, now: noon }));
  return world(state);
};
const TEAM_A: Wish = { repositories: ['*/team-a/*'] };
const ofA: Partial<Job> = { repository: 'https://git.example/team-a/app.git' };
const job = ({ state }: World, id = 'b1'): Job => state.jobs.get(id) as Job;
const claim = (state: State, id: string, agentId = 'mac', now = noon) =>
  claimJob(state, { agentId, boot: null, jobId: id, now });
const why = (scene: World, now = noon) =>
  explain(scene.state, job(scene), now).reasons.flatMap((it) => (it.code === 'quota-reached' ? [it.text] : []));

describe('namespaces', () => {
  it.each([
    ['what it builds', ofA, 'team-a'],
    ['what it builds, whatever it says', { ...ofA, namespace: 'team-b' }, 'team-a'],
    ['its own word', { namespace: 'team-b' }, 'team-b'],
    ['the folder of the inbox that it came from', { submittedBy: 'queue/team-b/nightly' }, 'team-b'],
    ['its own word before the folder', { namespace: 'team-b', submittedBy: 'queue/team-a/x' }, 'team-b'],
    ['nothing that is known', { namespace: 'team-z', submittedBy: 'queue/constructor/x' }, null],
    ['nothing at all', {}, null],
  ] as const)('know a job by %s', (_, fields, name) => {
    const scene = spaced({ 'team-a': TEAM_A, 'team-b': {} }).job('b1', fields);

    expect(namespaceOf(scene.state.yard, job(scene))).toBe(name);
  });

  it('keep a job back that is one more than may run, and let it go when one has ended', () => {
    const scene = spaced({ 'team-a': { ...TEAM_A, quotas: { running: 1 } } })
      .job('b0', { ...ofA, status: 'running' })
      .job('b1', ofA)
      .job('free');

    expect(why(scene)).toEqual(['namespace team-a runs one job at a time: now b0']);
    expect(explain(scene.state, job(scene), noon).canEverRun).toBe(true);
    expect(claim(scene.state, 'b1')).toMatchObject(refusal('NOT_RUNNABLE'));
    expect(claim(scene.state, 'free')).toMatchObject({ ok: true });
    const end = { status: 'succeeded', cause: null, exitCode: 0, signal: null, reason: null, stages: [] } as const;
    const ended = finishJob(scene.state, { jobId: 'b0', agentId: 'mac', token: 1, ...end, result: {}, now: noon });
    expect(claim(stateAfter(scene.state, ended), 'b1')).toMatchObject({ ok: true });
  });

  it('keep jobs back when the minutes of the day are used, until the next day', () => {
    const attempts = [
      anAttempt({ agent: 'mac', token: 1, startedAt: '2026-03-01T23:30:00Z', endedAt: '2026-03-02T00:20:00Z' }),
      anAttempt({ agent: 'mac', token: 2, startedAt: noon, endedAt: minutesAfterNoon(40), status: 'lost' }),
    ];
    const scene = spaced({ 'team-a': { ...TEAM_A, quotas: { minutesPerDay: 60 } } })
      .job('b0', { ...ofA, status: 'failed', attempts })
      .job('b1', ofA);

    expect(usageOf(scene.state, 'team-a', minutesAfterNoon(30)).minutesToday).toBe(50);
    expect(why(scene, minutesAfterNoon(39))).toEqual([]);
    expect(why(scene, minutesAfterNoon(41))).toEqual([
      'namespace team-a has used the 60 build minutes of its day; it goes on at 2026-03-03T00:00:00.000Z',
    ]);
    expect(why(scene, '2026-03-03T00:00:00.000Z')).toEqual([]);
  });

  it('never run a job where they may run none', () => {
    for (const quotas of [{ running: 0 }, { minutesPerDay: 0 }]) {
      const scene = spaced({ 'team-a': { ...TEAM_A, quotas } }).job('b1', ofA);
      expect(explain(scene.state, job(scene), noon)).toMatchObject({ canEverRun: false });
    }
  });

  it('take in no more jobs than may wait', () => {
    const scene = spaced({ 'team-a': { ...TEAM_A, quotas: { queued: 1 } } }).job('b0', ofA);
    const submit = (id: string, request: object) => submitJob(scene.state, { id, job: request, by: 'ann', now: noon });

    expect(submit('b1', ofA)).toMatchObject(refusal('QUOTA_REACHED'));
    expect(submit('b1', { command: ['make'] })).toMatchObject({ ok: true });
    expect(submit('b1', { command: ['make'], namespace: 'team-z' })).toMatchObject(refusal('NOT_FOUND'));
    expect(submit('b1', { ...ofA, command: ['make'], supersede: 'queued' })).toMatchObject({ ok: true });
  });

  it('take in no job that is retried where one more may not wait', () => {
    const full = spaced({ 'team-a': { ...TEAM_A, quotas: { queued: 1 } } })
      .job('b0', ofA)
      .job('b1', { ...ofA, status: 'failed' })
      .job('free', { status: 'failed' });
    const retry = (jobId: string) => retryJob(full.state, { jobId, by: 'ann', reason: null, now: noon });

    expect(retry('b1')).toMatchObject(refusal('QUOTA_REACHED'));
    expect(retry('free')).toMatchObject({ ok: true });
  });

  it('have keys of their own, and make nothing needless that is another’s', () => {
    const { state } = spaced({ 'team-a': {}, 'team-b': {} }).job('b0', { namespace: 'team-a', key: 'nightly' });
    const asked = { command: ['make'], key: 'nightly', supersede: 'queued' as const };
    const after = (namespace: string) =>
      stateAfter(state, submitJob(state, { id: 'b1', job: { ...asked, namespace }, by: 'ann', now: noon })).jobs;

    expect([after('team-a').has('b1'), after('team-b').has('b1')]).toEqual([false, true]);
    expect(after('team-b').get('b0')).toMatchObject({ status: 'queued' });
  });

  it('let no job of theirs be more urgent than they may', () => {
    const scene = spaced({ 'team-a': { ...TEAM_A, priorityFloor: 4 } })
      .job('urgent', { ...ofA, priority: 1 })
      .job('other', { priority: 3, submittedBy: 'bob' })
      .job('late', { ...ofA, priority: 9, submittedBy: 'carl' });

    expect([...scene.state.jobs].sort(claimOrder(scene.state, noon)).map((it) => it.id)).toEqual([
      'other',
      'urgent',
      'late',
    ]);
  });

  it('have their jobs run on the agents of their pool alone', () => {
    const scene = spaced({ 'team-a': { ...TEAM_A, pool: 'Windows' } }).job('b1', ofA);

    expect(claim(scene.state, 'b1', 'mac')).toMatchObject(refusal('NOT_RUNNABLE'));
    expect(claim(scene.state, 'b1', 'pc')).toMatchObject({ ok: true });
    expect(explain(scene.state, job(scene), noon).reasons[0]?.refs).toEqual(['pc']);
  });

  it('keep whoever is of some alone to the jobs of those', () => {
    const { state } = spaced({ 'team-a': TEAM_A, 'team-b': {} }).job('b1', ofA).job('b2');
    const asked = (wish: object, ...namespaces: string[]) =>
      refuseOutside(state, wish as Parameters<typeof refuseOutside>[1], namespaces)?.code;
    const cancel = (target: string) => ({ op: 'cancel', target, args: {}, if: {} });

    expect(asked(cancel('b2'))).toBeUndefined();
    expect(asked(cancel('b1'), 'team-b', 'team-a')).toBeUndefined();
    expect(asked(cancel('b1'), 'team-b')).toBe('DENIED');
    expect(asked(cancel('b2'), 'team-a')).toBe('DENIED');
    expect(asked(cancel('b9'), 'team-a')).toBe('NOT_FOUND');
    expect(asked({ ...cancel('mac'), op: 'drain' }, 'team-a')).toBe('DENIED');
    expect(asked({ repo: ofA.repository }, 'team-a')).toBeUndefined();
    expect(asked({ repo: ofA.repository, namespace: 'team-b' }, 'team-b')).toBe('DENIED');
    expect(asked({ command: ['make'], namespace: 'team-b' }, 'team-b')).toBeUndefined();
    expect(asked({ command: ['make'] }, 'team-b')).toBe('DENIED');
  });

  it('are set and changed by what is said, and struck off', () => {
    const { state } = spaced({ 'team-a': { ...TEAM_A, quotas: { running: 2 } } });
    const set = (name: string, wish: Wish) => setNamespace(state, { name, wish, reason: null, now: noon });

    expect(resultOf(set('team-a', { quotas: { queued: 5 } }))).toMatchObject({
      repositories: ['*/team-a/*'],
      quotas: { queued: 5, running: 2, minutesPerDay: null },
    });
    expect(set('team-a', { quotas: { running: 2 } })).toMatchObject(nothingToCommit);
    expect(set('Team A', {})).toMatchObject(refusal('INVALID_DATA'));
    expect(set('team-a', { priorityFloor: 11 })).toMatchObject(refusal('INVALID_DATA'));
    const removed = removeNamespace(state, { name: 'team-a', reason: null, now: noon });
    expect(stateAfter(state, removed).yard.namespaces).toEqual({});
    expect(removeNamespace(state, { name: 'constructor', reason: null, now: noon })).toMatchObject(
      refusal('NOT_FOUND'),
    );
  });

  it('are kept to by the audit', () => {
    const scene = spaced({ 'team-a': { ...TEAM_A, quotas: { running: 1 } } }).job('b0', { ...ofA, status: 'running' });
    const claims = [operation('claim', { token: 1 })];

    expect(broken(scene.job('b1', ofA), scene.job('b1', { ...ofA, status: 'claimed' }), claims)).toEqual([
      'namespace-quota',
    ]);
    const other = { command: ['make'] };
    expect(broken(scene.job('b1', other), scene.job('b1', { ...other, status: 'claimed' }), claims)).toEqual([]);
  });

  it('never let more run at once than their quotas, whatever is claimed', () => {
    const wish = fc.record({ ofTeam: fc.boolean(), agent: fc.constantFrom('mac', 'pc') });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 12 }), fc.nat(4), (wishes, running) => {
        let scene = spaced({ 'team-a': { ...TEAM_A, quotas: { running } } });
        for (const [at, { ofTeam }] of wishes.entries()) scene = scene.job(`b${at}`, ofTeam ? ofA : {});
        let { state } = scene;
        for (const { agent } of wishes) {
          const decision = claimJob(state, { agentId: agent, boot: null, now: noon });
          if (decision.ok) state = stateAfter(state, decision);
        }
        const held = [...state.jobs].filter((it) => it.status === 'claimed');
        const ours = held.filter((it) => namespaceOf(state.yard, it) === 'team-a').length;
        const asked = wishes.filter((it) => it.ofTeam).length;
        expect(ours).toBe(Math.min(running, asked));
        expect(held.length - ours).toBe(wishes.length - asked);
      }),
    );
  });
});
