import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../apply-changes.ts';
import { type Gate, NO_GATE } from '../../entities/approval.ts';
import type { Job } from '../../entities/job.ts';
import { nothingToCommit, refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { minutesAfterNoon, noon, type World, world } from '../../spec/world.ts';
import { putJob, type State } from '../../state.ts';
import { explain } from '../../views/explain.ts';
import { needsYou } from '../../views/needs-you.ts';
import { approveJob } from './approve-job.ts';
import { cancelJob } from './cancel-job.ts';
import { claimJob } from './claim-job.ts';
import { rejectJob } from './reject-job.ts';
import { retryJob } from './retry-job.ts';

const PEOPLE = {
  bob: { roles: ['BuildMaster'], names: ['bob@example.org'] },
  carl: { roles: ['Developer'], names: [] },
  dora: { roles: ['Admin'], names: [] },
  ann: { roles: ['Admin'], names: ['ann@example.org'] },
};
const yard = () => world().agent('mac').beat('mac').yard({ people: PEOPLE });
const asking = (gate: Partial<Gate> = {}, fields: Partial<Job> = {}): World =>
  yard().job('b1', { approval: { ...NO_GATE, ...gate }, ...fields });

const approve = (state: State, by: string, now = noon) => approveJob(state, { jobId: 'b1', by, reason: null, now });
const reject = (state: State, by: string, reason: string | null = 'not now') =>
  rejectJob(state, { jobId: 'b1', by, reason, now: noon });
const claim = (state: State, now = noon) => claimJob(state, { agentId: 'mac', boot: null, now });
const edited = (state: State, fields: Partial<Job>): State => {
  const job = state.jobs.get('b1');
  return job ? applyChanges(state, [putJob({ ...job, ...fields })]) : state;
};
const waitsFor = (state: State, now = noon) => {
  const job = state.jobs.get('b1');
  return job ? explain(state, job, now).reasons.flatMap((it) => (it.code === 'needs-approval' ? [it.text] : [])) : [];
};

describe('approve-job', () => {
  it('keeps a job from being claimed until somebody has agreed to it who may', () => {
    const { state } = asking();
    expect(claim(state)).toMatchObject(refusal('NO_RUNNABLE_JOB'));
    expect(waitsFor(state)).toEqual(['needs approval by a BuildMaster (bob, dora); gityard job approve b1 gives it']);

    const approved = stateAfter(state, approve(state, 'bob@example.org', minutesAfterNoon(3)));

    expect(approved.jobs.get('b1')).toMatchObject({
      queuedAt: minutesAfterNoon(3),
      approvals: [{ by: 'bob', at: minutesAfterNoon(3), reason: null, of: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    });
    expect(resultOf(claim(approved, minutesAfterNoon(3))).id).toBe('b1');
  });

  it('is told of as what needs a person, by a code of its own, and by what else keeps it where something does', () => {
    expect(needsYou(asking().state, noon)).toMatchObject([{ code: 'needs-approval', refs: ['b1'] }]);
    expect(needsYou(asking({}, { labels: ['gpu'] }).state, noon)).toMatchObject([{ code: 'job-stuck' }]);
  });

  it.each([
    ['a stranger', 'eve', {}],
    ['a Developer where a BuildMaster is asked for', 'carl', {}],
    ['a BuildMaster where an Admin is asked for', 'bob', { role: 'Admin' }],
    ['whoever is not among the people', 'bob', { people: ['carl'] }],
    ['whoever asked for the job', 'ann', {}],
    ['whoever asked for the job, by another name', 'ANN@example.org', { people: ['ann'] }],
  ] as const)('refuses %s', (_, by, gate) => {
    const { state } = asking(gate as Partial<Gate>);

    expect(approve(state, by)).toMatchObject(refusal('DENIED'));
    expect(reject(state, by)).toMatchObject(refusal('DENIED'));
  });

  it('refuses whoever committed the file that asked for the job', () => {
    const { state } = asking({}, { submittedBy: 'queue/x', committedBy: 'bob@example.org' });

    expect(approve(state, 'bob')).toMatchObject(refusal('DENIED'));
    expect(approve(state, 'dora')).toMatchObject({ ok: true });
  });

  it('lets whoever asked for the job count where the gate says so', () => {
    expect(approve(asking({ ownWork: true }).state, 'ann')).toMatchObject({ ok: true });
  });

  it('wants as many people as it says, and counts each once, whatever the name', () => {
    const { state } = asking({ count: 2 });
    const once = stateAfter(state, approve(state, 'bob'));

    expect(waitsFor(once)).toEqual([
      'needs 2 approvals, has that of bob, by a BuildMaster (bob, dora); gityard job approve b1 gives it',
    ]);
    expect(approve(once, 'bob@example.org', minutesAfterNoon(1))).toMatchObject(nothingToCommit);
    expect(resultOf(claim(stateAfter(once, approve(once, 'dora')))).id).toBe('b1');
  });

  it('tells when there are too few people for it, whatever their names', () => {
    const gate = { people: ['bob', 'bob@example.org', 'ann'], count: 2 };

    expect(waitsFor(asking(gate).state)).toEqual([expect.stringContaining('bob or bob@example.org; too few may')]);
    expect(waitsFor(asking({ ...gate, count: 1 }).state)).toEqual([expect.not.stringContaining('too few')]);
  });

  it('ends by itself after its time, and can be given again', () => {
    const { state } = asking({ validHours: 1 });
    const approved = stateAfter(state, approve(state, 'bob'));

    expect([waitsFor(approved, minutesAfterNoon(59)).length, waitsFor(approved, minutesAfterNoon(60)).length]).toEqual([
      0, 1,
    ]);
    const again = stateAfter(approved, approve(approved, 'bob', minutesAfterNoon(61)));
    expect([waitsFor(again, minutesAfterNoon(61)), again.jobs.get('b1')?.approvals.length]).toEqual([[], 1]);
  });

  it.each([
    ['the commit', { commit: 'a'.repeat(40) }],
    ['the command', { command: ['rm', '-rf', '/'] }],
    ['a parameter', { parameters: { target: 'production' } }],
    ['a secret', { secrets: ['DEPLOY_KEY'] }],
  ] as const)('is void when %s is changed, and stays when only its turn is', (_, fields) => {
    const { state } = asking();
    const approved = stateAfter(state, approve(state, 'bob'));

    expect(waitsFor(edited(approved, { priority: 1 }))).toEqual([]);
    expect(waitsFor(edited(approved, fields as Partial<Job>)).length).toBe(1);
  });

  it('cannot be taken along to another job', () => {
    const { state } = asking();
    const [approval] = resultOf(approve(state, 'bob')).approvals;
    const other = world(state).job('b2', { approval: NO_GATE, approvals: approval ? [approval] : [] }).state;

    expect(claimJob(other, { agentId: 'mac', boot: null, jobId: 'b2', now: noon })).toMatchObject(
      refusal('NOT_RUNNABLE'),
    );
  });

  it('is of one run: who retries the job needs it anew', () => {
    const { state } = asking();
    const approved = stateAfter(state, approve(state, 'bob'));
    const over = stateAfter(approved, cancelJob(approved, { jobId: 'b1', by: 'ann', reason: null, now: noon }));
    const again = stateAfter(over, retryJob(over, { jobId: 'b1', by: 'ann', reason: null, now: noon }));

    expect([again.jobs.get('b1')?.approvals, waitsFor(again).length]).toEqual([[], 1]);
  });

  it('is no longer worth anything when its person loses the role', () => {
    const { state } = asking();
    const approved = stateAfter(state, approve(state, 'bob'));

    expect(waitsFor(world(approved).yard({ people: {} }).state)).toEqual([
      'needs approval by a BuildMaster (which nobody else in yard.json is); too few may: name more in "people" of yard.json',
    ]);
  });

  it.each([
    ['a branch that fits', { branches: ['release/*'] }, 1],
    ['another branch', { branches: ['dev'] }, 0],
    ['a repository that fits', { repositories: ['*/app.git'] }, 1],
    ['a label that fits', { labels: ['prod-*'] }, 1],
    ['another label', { labels: ['gpu'] }, 0],
    ['all that fit but one', { branches: ['release/*'], labels: ['gpu'] }, 0],
    ['nothing in particular', {}, 1],
  ])('is asked for by a rule of yard.json with %s', (_, fields, reasons) => {
    const rule = { ...NO_GATE, name: 'production', repositories: [], branches: [], labels: [], ...fields };
    const job = { repository: 'https://git.example/app.git', branch: 'release/9', labels: ['prod-eu'] };
    const { state } = yard()
      .agent('mac', { labels: ['prod-eu'] })
      .yard({ approvals: [rule] })
      .job('b1', job);

    expect(waitsFor(state)).toHaveLength(reasons);
    for (const text of waitsFor(state)) expect(text).toContain('(rule production)');
  });

  it('is asked for of a job that leaves its branch open, which may turn out to be any', () => {
    const rule = { ...NO_GATE, name: 'production', repositories: [], branches: ['main'], labels: [] };
    const { state } = yard()
      .yard({ approvals: [rule] })
      .job('b1', { repository: 'https://git.example/app.git' });

    expect(waitsFor(state)).toHaveLength(1);
  });

  it('counts for the job and for the rule alike', () => {
    const rule = { ...NO_GATE, name: 'all', repositories: [], branches: [], labels: [], role: 'Admin' as const };
    const { state } = asking({ people: ['dora'] }, {});
    const ruled = world(state).yard({ approvals: [rule] }).state;

    expect(waitsFor(ruled)).toHaveLength(2);
    expect(waitsFor(stateAfter(ruled, approve(ruled, 'dora')))).toEqual([]);
  });

  it('asks nothing again of a job that was split, and nothing of its parts', () => {
    const figures = { waves: 1, projects: 1, agents: 1, criticalPath: [], aloneSeconds: 0, togetherSeconds: 0 };
    const split = { kind: 'distributed', at: noon, children: ['b1p0'], failure: null, ...figures } as const;
    const { state } = asking({}, { split: { ...split, children: ['b1p0'], criticalPath: [] } });
    const rule = { ...NO_GATE, name: 'all', repositories: [], branches: [], labels: [] };
    const part = world(state)
      .job('b1p0', { parent: 'b1' })
      .yard({ approvals: [rule] }).state;

    expect(waitsFor(part)).toEqual([]);
    expect(claimJob(part, { agentId: 'mac', boot: null, jobId: 'b1p0', now: noon })).toMatchObject({ ok: true });
  });

  it('refuses what needs nobody’s word, what runs, and what is over', () => {
    const gate = { approval: NO_GATE };
    expect(approve(yard().job('b1').state, 'bob')).toMatchObject(refusal('NOTHING_TO_DO'));
    expect(approve(yard().job('b1', { ...gate, status: 'running' }).state, 'bob')).toMatchObject(refusal('CONFLICT'));
    expect(approve(yard().job('b1', { ...gate, status: 'failed' }).state, 'bob')).toMatchObject(
      refusal('ALREADY_FINISHED'),
    );
  });
});

describe('reject-job', () => {
  it('cancels the job, with who and why', () => {
    expect(resultOf(reject(asking().state, 'bob@example.org'))).toMatchObject({
      status: 'cancelled',
      endedAt: noon,
      cancelRequested: { by: 'bob', reason: 'rejected: not now' },
    });
  });

  it('wants a reason', () => {
    expect(reject(asking().state, 'bob', ' ')).toMatchObject(refusal('REASON_REQUIRED'));
  });
});
