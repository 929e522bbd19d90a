/** Every rule is shown a commit that breaks it, and ones beside it that do not. For states alone: audit-state.test.ts. */
import { describe, expect, it } from 'vitest';
import { JOB_STATUSES, type JobStatus, NEXT_STATUS } from '../entities/job.ts';
import type { Part } from '../entities/split.ts';
import { actor, attempt, broken, hold, operation } from '../spec/audited.ts';
import { aGoodBuild, anArtifact, aPoint } from '../spec/samples.ts';
import { minutesAfterNoon, noon, world } from '../spec/world.ts';
import { after } from '../time.ts';
import { auditStep } from './audit.ts';
import { STEPS_BY_HAND, STEPS_OF } from './job-status.ts';
import { RULES } from './rules.ts';

const running = world().job('b1', { status: 'running', token: 2 });
const queuedAgain = world().job('b1', { token: 2, attempts: [attempt(2, { status: 'lost', endedAt: noon })] });
const runningOn = (agent: string) =>
  world().job('b1', { status: 'running', token: 2, agent, attempts: [attempt(2, { agent, status: 'running' })] });
const read = (transaction: string) => operation('read', { actor: 'mac', transaction });
const pause = (until: string | null) => ({ by: 'ann', at: minutesAfterNoon(-9), reason: null, until });
const STORE = { name: 's3 builds', prefix: 'b1/1' };
const failed = world().job('b1', { status: 'failed', token: 2 });
const aPart: Part = { kind: 'part', wave: 0, projects: ['a'] };
const splitWith = (more: object, fields: object = {}) =>
  world()
    .job('b1', {
      token: 2,
      attempts: [attempt(2, { status: 'split', endedAt: noon })],
      split: { kind: 'distributed', at: noon, children: ['p1'], ...NO_FIGURES, ...more },
      ...fields,
    })
    .job('p1', { parent: 'b1', part: { ...aPart, projects: ['a'] } });
const NO_FIGURES = {
  waves: 1,
  projects: 1,
  agents: 1,
  failure: null,
  criticalPath: [],
  aloneSeconds: 0,
  togetherSeconds: 0,
};
const split = splitWith({});
const attested = failed.manifest('b1').attestation('b1');
const FORGED = { payloadType: 'application/vnd.in-toto+json', payload: 'W10=', signatures: [] };
const recorded = world().rollback('main', { points: [aPoint('b0', noon)] });

describe('audit of a step', () => {
  it.each([
    ['job-status', world().job('b1'), world().job('b1', { status: 'succeeded', token: 0 }), [operation('finish')]],
    ['job-status', world(), world().job('b1', { status: 'cancelled' }), [operation('send', { job: null })]],
    ['job-status', running, world().job('b1', { status: 'succeeded', token: 2 }), [operation('prioritise')]],
    ['job-token', running, world().job('b1', { token: 1 }), [operation('requeue')]],
    ['job-token', running, world().job('b1', { status: 'running', token: 3 }), [operation('start')]],
    ['job-token', queuedAgain, world().job('b1', { status: 'claimed', token: 4 }), [operation('claim')]],
    ['stale-token', running, failed, [operation('finish', { token: 1 })]],
    ['stale-token', running, failed, [operation('finish')]],
    ['holder-acts', running, failed, [operation('finish', { token: 2, agent: 'pc' })]],
    ['holder-stays', running, runningOn('pc'), [operation('progress', { token: 2 })]],
    [
      'attempt-claimed',
      world().job('b1', { token: 2 }),
      world().job('b1', { token: 2, attempts: [attempt(1), attempt(2)] }),
      [operation('prioritise')],
    ],
    [
      'attempt-ended',
      queuedAgain,
      world().job('b1', { token: 2, attempts: [attempt(2, { status: 'succeeded', endedAt: noon })] }),
      [operation('finish')],
    ],
    ['attempt-ended', queuedAgain, world().job('b1', { token: 2, attempts: [] }), [operation('requeue')]],
    [
      'attempt-ended',
      running,
      world().job('b1', { status: 'running', token: 2, attempts: [attempt(1)] }),
      [operation('progress')],
    ],
    [
      'end-once',
      failed,
      world().job('b1', { status: 'failed', token: 2, endedAt: minutesAfterNoon(1) }),
      [operation('finish')],
    ],
    ['end-once', failed, queuedAgain, [operation('requeue')]],
    [
      'end-attempt',
      running,
      world().job('b1', { token: 2, attempts: [attempt(2, { status: 'running' })] }),
      [operation('requeue')],
    ],
    ['job-kept', failed, world(), [operation('finish')]],
    ['job-kept', running, world(), [operation('archive')]],
    [
      'needs-first',
      world()
        .job('b0')
        .job('b1', { needs: ['b0'] }),
      world()
        .job('b0')
        .job('b1', { needs: ['b0'], status: 'claimed' }),
      [operation('claim')],
    ],
    [
      'group-limit',
      world().job('b0', { status: 'running', group: 'g' }).job('b1', { group: 'g' }),
      world().job('b0', { status: 'running', group: 'g' }).job('b1', { group: 'g', status: 'claimed' }),
      [operation('claim')],
    ],
    [
      'expired-late',
      world().job('b1', { queueTimeoutSeconds: 60 }),
      world().job('b1', { queueTimeoutSeconds: 60, status: 'expired', endedAt: after(noon, 59_000) }),
      [operation('expire')],
    ],
    [
      'paused-waits',
      world().job('b1', { paused: pause(null) }),
      world().job('b1', { paused: pause(null), status: 'claimed' }),
      [operation('claim')],
    ],
    [
      'paused-waits',
      world()
        .agent('mac')
        .yard({ paused: { fleet: null, pools: { Linux: pause(minutesAfterNoon(5)) } } })
        .job('b1'),
      world()
        .agent('mac')
        .yard({ paused: { fleet: null, pools: { Linux: pause(minutesAfterNoon(5)) } } })
        .job('b1', { status: 'claimed' }),
      [operation('claim')],
    ],
    [
      'job-status',
      world().job('b1'),
      world().job('b1', { status: 'cancelled' }).job('b2'),
      [operation('submit', { job: 'b2' })],
    ],
    [
      'job-locks',
      world().job('b1', { locks: ['db'] }),
      world().job('b1', { locks: ['db'], status: 'claimed' }),
      [operation('claim')],
    ],
    [
      'lock-kept',
      running.job('b2', { status: 'running', locks: ['db'] }).lock('db', { token: 1, holders: [hold('job/b2', 1)] }),
      running.job('b2', { status: 'running', locks: ['db'] }).lock('db', { token: 1 }),
      [operation('release', { job: null })],
    ],
    [
      'locks-back',
      world()
        .job('b1', { status: 'running', locks: ['db'] })
        .lock('db', { token: 1, holders: [hold('job/b1', 1)] }),
      world()
        .job('b1', { status: 'failed', locks: ['db'] })
        .lock('db', { token: 1, holders: [hold('job/b1', 1)] }),
      [operation('finish')],
    ],
    ['job-origin', world().job('b1'), world().job('b1', { submittedBy: 'pc' }), [operation('prioritise')]],
    ['job-wish', running, world().job('b1', { status: 'running', token: 2, branch: 'x' }), [operation('progress')]],
    ['lock-token', world().lock('db', { token: 2 }), world().lock('db', { token: 1 }), [operation('release')]],
    [
      'lock-token',
      world().lock('db', { token: 2 }),
      world().lock('db', { token: 2, holders: [hold('ann', 2)] }),
      [operation('acquire')],
    ],
    ['lock-token', world().lock('db', { token: 2 }), world(), [operation('release')]],
    [
      'lock-token',
      world().lock('db', { token: 2 }),
      world().lock('db', { token: 4, holders: [hold('ann', 4)] }),
      [operation('acquire', { lock: 'db' })],
    ],
    [
      'lock-moved',
      world().lock('db', { token: 2, holders: [hold('ann', 2)] }),
      world().lock('db', { token: 2 }),
      [operation('release', { lock: 'other' })],
    ],
    [
      'lock-sized',
      world().lock('db', { token: 2 }),
      world().lock('db', { token: 2, count: 2 }),
      [operation('break', { lock: 'db' })],
    ],
    ['message-kept', world().message('m1'), world().message('m1', { body: 'other' }), [operation('read')]],
    ['message-kept', world().message('m1'), world(), [operation('read')]],
    ['receipts', world().message('m1', { readBy: { mac: noon } }), world().message('m1'), [operation('read')]],
    [
      'receipts',
      world().message('m1', { readBy: { mac: noon } }),
      world().message('m1', { readBy: { mac: minutesAfterNoon(1) } }),
      [operation('read')],
    ],
    [
      'receipt-recipient',
      world().message('m1', { to: 'mac' }),
      world().message('m1', { to: 'mac', ackedBy: { pc: noon } }),
      [operation('acknowledge')],
    ],
    [
      'receipts',
      world().message('m1', { downloadedBy: { mac: noon } }),
      world().message('m1', { downloadedBy: {} }),
      [operation('download')],
    ],
    [
      'receipt-recipient',
      world().message('m1', { to: 'mac' }),
      world().message('m1', { to: 'mac', downloadedBy: { pc: noon } }),
      [operation('download')],
    ],
    [
      'follow-ups',
      world().message('m1', { followUps: { escalation: 'm2' } }),
      world().message('m1'),
      [operation('escalate', { message: 'm1' })],
    ],
    [
      'follow-ups',
      world().message('m1'),
      world().message('m1', { followUps: { 'reply/thanks': 'm2' } }),
      [operation('read', { message: 'm1' })],
    ],
    [
      'lock-recovery',
      world().lock('db', { token: 2, holders: [hold('ann', 2)] }),
      world().lock('db', { token: 2 }),
      [operation('recover', { job: null, lock: 'db' })],
    ],
    ['actor-counter', actor('mac', 4), actor('mac', 6), [operation('read', { actor: 'mac' })]],
    ['actor-counter', actor('mac', 4), actor('mac', 4), [operation('read', { actor: 'mac' })]],
    ['actor-transactions', actor('mac', 4), actor('mac', 5), [read('mac.b.7')]],
    ['actor-transactions', actor('mac', 4), actor('mac', 5), [read('mac.other.5')]],
    ['manifest-kept', world().manifest('b1'), world(), [operation('finish')]],
    [
      'manifest-kept',
      failed.manifest('b1'),
      failed.manifest('b1', { branch: 'other' }),
      [operation('publish-manifest')],
    ],
    ['manifest-kept', failed.manifest('b1'), failed.manifest('b1', { artifacts: [anArtifact('app.txt', 'b')] }), []],
    ['manifest-kept', failed.manifest('b1'), failed.manifest('b1', { store: STORE }), []],
    [
      'manifest-kept',
      failed.manifest('b1'),
      failed.manifest('b1', { store: STORE, branch: 'other' }),
      [operation('place-artifacts')],
    ],
    ['manifest-made', world(), world().manifest('b1'), [operation('send')]],
    ['rollback-kept', recorded, world().rollback('main'), [operation('record-rollback-point')]],
    [
      'rollback-kept',
      recorded,
      recorded.rollback('main', { points: [aPoint('b0', noon, { target: 'd'.repeat(40) })] }),
      [],
    ],
    ['rollback-kept', recorded, world(), []],
    ['attestation-kept', attested, failed.manifest('b1'), []],
    ['attestation-kept', attested, attested.attestation('b1', { envelope: FORGED }), []],
    ['attestation-kept', attested, attested.attestation('b1', { envelope: FORGED }), [operation('finish')]],
    ['attestation-made', failed.manifest('b1'), attested, []],
    ['attestation-made', failed.manifest('b1'), attested, [operation('publish-manifest')]],
    ['attestation-made', failed.manifest('b1'), attested, [operation('finish', { agent: 'pc' })]],
    ['attestation-of', failed, failed.attestation('b1'), [operation('finish')]],
    ['rollback-good', failed, failed.rollback('main', { points: [aPoint('b1', noon)] }), []],
    [
      'rollback-good',
      failed,
      failed.rollback('main', { lastGood: [aGoodBuild('b1', noon)] }),
      [operation('record-rollback-point')],
    ],
    [
      'last-good',
      world().rollback('main', { lastGood: [aGoodBuild('b2', minutesAfterNoon(1))] }),
      world().rollback('main', { lastGood: [aGoodBuild('b1', noon)] }),
      [operation('record-rollback-point')],
    ],
    ['part-made', running, running.job('p1', { parent: 'b1', part: aPart }), []],
    ['part-made', running, running.job('p1', { parent: 'b1', part: aPart }), [operation('submit', { job: 'p1' })]],
    ['part-made', split, split.job('p1', { parent: 'b1', part: { ...aPart, projects: ['b'] } }), []],
    ['job-split', split, world().job('b1', { token: 2, split: null }), [operation('prioritise')]],
    ['job-split', split, splitWith({ failure: 'bad luck' }), []],
    [
      'job-status',
      split,
      splitWith({ failure: 'bad luck' }, { status: 'failed' }),
      [operation('finish', { job: 'p1' })],
    ],
    ['job-status', running, split, [operation('progress', { token: 2 })]],
    [
      'reservations-fit',
      world()
        .agent('mac')
        .job('b1', { reserves: { cores: 1, memoryGB: 0 } }),
      world()
        .agent('mac')
        .job('b1', { status: 'claimed', reserves: { cores: 1, memoryGB: 0 } }),
      [operation('claim', { token: 1 })],
    ],
    ['agent-kept', running.agent('mac'), running, [operation('remove', { job: null })]],
  ] as const)('finds what breaks %s', (rule, before, after, operations) => {
    expect(broken(before, after, operations)).toContain(rule);
  });

  it('finds what gives the yard another id, under which jobs of another yard would be good', () => {
    const { state } = world();
    const named = (id: string | null) => ({ ...state, yard: { ...state.yard, yardId: id } });
    const changed = [{ kind: 'yard', id: 'yard' }] as const;

    expect(broken(named('one'), named('two'), [], changed)).toEqual(['yard-kept']);
    expect(broken(named('one'), named(null), [], changed)).toEqual(['yard-kept']);
    expect(broken(named(null), named('one'), [], changed)).toEqual([]);
  });

  it('finds what changes the words of a cut, and what takes them away', () => {
    const { state } = world();
    const cut = { schemaVersion: 1, previousHead: 'a'.repeat(40), previousTree: 'b'.repeat(40), operations: 3 };
    const before = { ...state, epoch: { ...cut, epoch: 1, commits: 4 } };
    const changed = [{ kind: 'epoch', id: 'epoch' }] as const;

    expect(broken(before, { ...state, epoch: { ...cut, epoch: 1, commits: 5 } }, [], changed)).toEqual(['epoch-kept']);
    expect(broken(before, state, [], [{ ...changed[0], removed: true }])).toEqual(['epoch-kept']);
    expect(broken(before, { ...before, epoch: { ...before.epoch } }, [], changed)).toEqual([]);
  });

  it('finds what claims a build of a branch that no operation asked for', () => {
    const { state } = world();
    const profile = { name: 'main', repository: '/srv/app.git', lastCommit: null, schedules: [] };
    const withCommit = (lastCommit: string | null) => {
      const branches = { main: { ...profile, lastCommit } } as unknown as typeof state.branches.branches;
      return { ...state, branches: { schemaVersion: 1, branches } };
    };
    const changed = [{ kind: 'branches', id: 'branches' }] as const;

    expect(broken(withCommit(null), withCommit('a'.repeat(40)), [], changed)).toEqual(['branch-memory']);
    expect(broken(withCommit(null), withCommit('a'.repeat(40)), [operation('build-branch')], changed)).toEqual([]);
  });

  it('finds what tells otherwise than it was noted how the fleet stood, and what people were told', () => {
    const { state } = world();
    const hour = { schemaVersion: 1, hour: noon, agents: {}, changes: [], figures: null, builds: {}, disks: {} };
    const noted = { ...state, history: state.history.with('2026-03-02/12', hour) };
    const told = {
      ...state,
      notices: state.notices.with('ops', { schemaVersion: 1, id: 'ops', told: {}, sentAt: [] }),
    };
    const inHistory = [{ kind: 'history', id: '2026-03-02/12' }] as const;
    const inNotices = [{ kind: 'notices', id: 'ops' }] as const;

    expect(broken(state, noted, [], inHistory)).toEqual(['history-noted']);
    expect(broken(noted, state, [operation('claim')], inHistory)).toEqual(['history-noted']);
    expect(broken(state, noted, [operation('note-health')], inHistory)).toEqual([]);
    expect(broken(state, told, [], inNotices)).toEqual(['notices-told']);
    expect(broken(state, told, [operation('announce')], inNotices)).toEqual([]);
  });

  it('has shown every rule that there is, those of imports, approvals, namespaces, secrets, tokens and tests in specs of their own', () => {
    const shown =
      'job-status job-token stale-token holder-acts attempt-tokens attempt-ended attempt-claimed holder-stays one-holder end-time end-once expired-late end-attempt job-kept job-origin job-wish part-made job-split reservations-fit needs-first group-limit namespace-quota approval-given approved-first paused-waits job-locks locks-back lock-kept lock-count lock-token lock-moved lock-sized lock-recovery message-kept receipts receipt-recipient follow-ups task-receiver command-once actor-counter actor-transactions agent-kept yard-kept epoch-kept branch-memory manifest-kept manifest-made attestation-of attestation-made attestation-kept rollback-kept rollback-good last-good import-job import-lock import-message import-counted history-noted notices-told secret-set token-issued secret-readers tests-remembered test-quarantine';

    expect(RULES.map((it) => it.id).sort()).toEqual(shown.split(' ').sort());
  });

  it.each([
    [
      'several operations of one commit',
      world().job('b1'),
      world().job('b1', { status: 'running' }),
      [operation('claim', { token: 1 }), operation('start', { token: 1 })],
    ],
    [
      'a job from its submission to its claim',
      world(),
      world().job('b1', { status: 'claimed' }),
      [operation('submit'), operation('claim', { token: 1 })],
    ],
    [
      'a file of the inbox with many wishes',
      failed,
      world().job('b1', { token: 2 }),
      [operation('take-up', { job: null })],
    ],
    ['a retry', failed, world().job('b1', { token: 2 }), [operation('retry')]],
    ['the archive', failed, world(), [operation('archive', { job: null })]],
    ['an end with its attestation', failed, attested, [operation('finish')]],
    ['the archive of an attestation', attested, world(), [operation('archive', { job: null })]],
    [
      'the attestation of another try',
      attested,
      failed.manifest('b1', { token: 2 }).attestation('b1', { token: 2 }),
      [operation('finish', { token: 2 })],
    ],
    ['the archive of a manifest', world().manifest('b1'), world(), [operation('archive', { job: null })]],
    [
      'the manifest of another try',
      failed.manifest('b1'),
      failed.manifest('b1', { token: 2 }),
      [operation('finish', { token: 2 })],
    ],
    [
      'artifacts that reach their store later',
      failed.manifest('b1'),
      failed.manifest('b1', { store: STORE }),
      [operation('place-artifacts')],
    ],
    ['a manifest that a person brings along', world(), world().manifest('b1'), []],
    ['a rollback point that is given up', recorded, world().rollback('main'), [operation('forget-rollback-points')]],
    [
      'a rollback point of a job that is tried again',
      world().job('b1', { status: 'succeeded', token: 2 }),
      world()
        .job('b1', { token: 2, attempts: [attempt(2, { status: 'succeeded', endedAt: noon })] })
        .rollback('main', { points: [aPoint('b1', noon)] }),
      [operation('record-rollback-point'), operation('retry')],
    ],
    ['the archive of messages', world().message('m1'), world(), [operation('archive', { job: null })]],
    [
      'a note of a late result',
      queuedAgain,
      world().job('b1', {
        token: 2,
        attempts: [attempt(2, { status: 'lost', endedAt: noon, late: { status: 'succeeded', exitCode: 0, at: noon } })],
      }),
      [operation('note-late', { token: 2 })],
    ],
    [
      'a new job that supersedes an older one',
      world().job('b1'),
      world().job('b1', { status: 'cancelled' }).job('b2', { supersede: 'queued' }),
      [operation('submit', { job: 'b2' })],
    ],
    [
      'a job that waited too long',
      world().job('b1', { queueTimeoutSeconds: 60 }),
      world().job('b1', { queueTimeoutSeconds: 60, status: 'expired', endedAt: after(noon, 60_000) }),
      [operation('expire')],
    ],
    [
      'a claim after the end of a pause',
      world().job('b1', { paused: pause(noon) }),
      world().job('b1', { status: 'claimed' }),
      [operation('claim', { token: 1 })],
    ],
    ['a counter that counts', actor('mac', 4), actor('mac', 5), [read('mac.b.5')]],
    [
      'a recovery that tells of itself',
      world().lock('db', { token: 2, holders: [hold('ann', 2)] }),
      world().lock('db', { token: 2 }).message('m1', { from: 'system', to: 'ann', subject: 'lock db was recovered' }),
      [operation('recover', { job: null, lock: 'db', message: 'm1' })],
    ],
    [
      'an answer of a rule',
      world().message('m1'),
      world().message('m1', { followUps: { 'reply/thanks': 'm2' } }),
      [operation('auto-reply', { job: null, message: 'm1' })],
    ],
    [
      'a lock that was broken under a running job',
      running.job('b2', { status: 'running', locks: ['db'] }).lock('db', { token: 1, holders: [hold('job/b2', 1)] }),
      running.job('b2', { status: 'running', locks: ['db'] }).lock('db', { token: 1 }),
      [operation('break', { job: null, lock: 'db' })],
    ],
  ] as const)('finds nothing wrong with %s', (_, before, after, operations) => {
    expect(broken(before, after, operations)).toEqual([]);
  });

  it('has each step of a job in the drawing, and each of the drawing made by an operation that there is', () => {
    const drawn = arrows(NEXT_STATUS);
    const made = Object.values(STEPS_OF).flatMap(arrows);
    const notYetMade = ['queued → failed'];

    expect([...made, ...arrows(STEPS_BY_HAND)].filter((it) => !drawn.includes(it))).toEqual([]);
    expect(drawn.filter((it) => !made.includes(it))).toEqual(notYetMade);
  });

  it('walks it: one operation, one of its steps', () => {
    for (const [name, steps] of Object.entries(STEPS_OF)) {
      for (const from of JOB_STATUSES) {
        for (const to of JOB_STATUSES.filter((it) => it !== from)) {
          const [before, after] = [
            world().job('b1', { status: from, token: 2 }),
            world().job('b1', { status: to, token: 2 }),
          ];
          const isTold = broken(before, after, [operation(name, { token: 2 })]).includes('job-status');
          expect([name, from, to, isTold]).toEqual([name, from, to, !reaches(steps, from, to)]);
        }
      }
    }
  });

  it('looks at nothing that did not change', () => {
    const { state } = world().job('b1', { status: 'failed', endedAt: null });

    expect(auditStep(state, state, [operation('read')], [])).toEqual([]);
  });
});

const arrows = (steps: Readonly<Partial<Record<JobStatus, readonly JobStatus[]>>>): string[] =>
  Object.entries(steps).flatMap(([from, next]) => next.map((to) => `${from} → ${to}`));

/** Two steps at most: a file of the inbox may retry a job and cancel it. */
function reaches(
  steps: Readonly<Partial<Record<JobStatus, readonly JobStatus[]>>>,
  from: JobStatus,
  to: JobStatus,
): boolean {
  const next = steps[from] ?? [];
  return next.includes(to) || (steps === STEPS_OF['take-up'] && next.some((it) => steps[it]?.includes(to)));
}
