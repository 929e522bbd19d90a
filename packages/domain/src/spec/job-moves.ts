/** What may happen to jobs: every operation of their life, asked for rightly and wrongly, as dice choose. */
import { type Gate, NO_GATE } from '../entities/approval.ts';
import type { Stage } from '../entities/attempt.ts';
import { currentAttempt, isFinished, isHeld, type Job } from '../entities/job.ts';
import type { JobRequest } from '../operations/jobs/submit-job.ts';
import type { InputOf } from '../operations/list.ts';
import { after } from '../time.ts';
import type { Move, Setting } from './move.ts';
import { aPause } from './other-moves.ts';

type Holder = Pick<InputOf<'start'>, 'jobId' | 'agentId' | 'token'>;

/** What carries a job from the queue to its end. */
export const jobMoves: readonly Move[] = [
  ['submit', ({ dice, now, id }) => ({ id, by: dice.one(['ann', 'bob']), now, job: aRequest(dice, now) })],
  ['submit', ({ dice, now, id, state }) => ({ id, by: 'ann', now, job: anOrderedRequest(dice, [...state.jobs]) })],
  ['submit', ({ now, id }) => ({ id, by: 'ann', now, job: { command: ['make'] } })],
  ['submit', ({ dice, now, id }) => ({ id, by: 'ann', now, job: aTask(dice) })],
  ['claim', (it) => ({ ...aClaimer(it), now: it.now })],
  ['claim', (it) => ({ ...aClaimer(it), now: it.now })],
  ['claim', (it) => ({ ...aClaimer(it), now: it.now, jobId: anyJob(it) })],
  ['submit', (it) => ({ id: it.id, by: 'ann', now: it.now, job: aSplittable(it.dice) })],
  ['split', (it) => aSplit(it)],
  ['split', (it) => aSplit(it)],
  ['start', (it) => ({ ...aHolder(it), now: it.now })],
  ['progress', (it) => ({ ...aHolder(it), now: it.now, stages: stages(it) })],
  ['finish', (it) => aFinish(it)],
  ['finish', (it) => aFinish(it)],
  ['requeue', (it) => ({ ...aHolder(it), now: it.now, by: 'build9', reason: 'gave no sign of life' })],
  ['requeue', (it) => aReturn(it)],
  ['retry', (it) => ({ jobId: aFinishedJob(it), by: 'ann', reason: null, now: it.now })],
];

/** What may happen to a job on its way. */
export const jobTurns: readonly Move[] = [
  ['note-late', (it) => ({ ...aLoser(it), now: it.now, status: 'succeeded', exitCode: 0 })],
  ['cancel', (it) => ({ jobId: anyJob(it), by: 'ann', reason: it.dice.one([null, 'no longer wanted']), now: it.now })],
  [
    'assign',
    (it) => ({
      jobId: anyJob(it),
      agentId: it.dice.one(['a1', 'a2', 'a3', null, null]),
      until: it.dice.one([null, after(it.now, 60_000)]),
      reason: null,
      now: it.now,
    }),
  ],
  ['approve', (it) => ({ jobId: anApprovable(it), by: aJudge(it), reason: it.dice.one([null, 'fine']), now: it.now })],
  ['approve', (it) => ({ jobId: anApprovable(it), by: aJudge(it), reason: null, now: it.now })],
  [
    'reject',
    (it) => ({ jobId: anApprovable(it), by: aJudge(it), reason: it.dice.one([null, ' ', 'no']), now: it.now }),
  ],
  ['pause', (it) => ({ ...aPause(it), jobId: anyJob(it) })],
  ['unpause', (it) => ({ jobId: anyJob(it), reason: null, now: it.now })],
  ['expire', (it) => ({ jobId: anyJob(it), by: 'a1', now: it.now })],
  ['prioritise', (it) => ({ jobId: anyJob(it), priority: it.dice.one([1, 5, 10, 11]), reason: null, now: it.now })],
];

function aRequest(dice: Setting['dice'], now: string): JobRequest {
  return {
    command: dice.one([['make'], ['make', 'test']]),
    priority: dice.one([5, 5, 1, 3, 10]),
    labels: dice.one([[], [], [], ['xcode'], ['gpu', 'priority-2'], ['xcode', 'gpu']]),
    requires: dice.one([[], [], [], [], ['dotnet>=8'], ['cores>=4'], ['constructor>=1']]),
    locks: dice.some(['l1', 'l2']),
    group: dice.one([null, null, 'g1']),
    key: dice.one([null, null, null, 'k1']),
    retries: dice.one([0, 0, 1, 2]),
    retryOn: dice.one<JobRequest['retryOn']>([null, null, [], ['code'], ['lost']]),
    queueTimeoutSeconds: dice.one([null, null, 30, 0]),
    supersede: dice.one<JobRequest['supersede']>([null, null, 'queued', 'running']),
    notBefore: dice.one([null, null, null, after(now, 60_000)]),
    toolchain: dice.one([null, null, null, 'npm']),
    approval: dice.one<Gate | null>([null, null, null, null, { ...NO_GATE, people: ['carl', 'bob'] }, A_STRICT_GATE]),
  };
}

const A_STRICT_GATE: Gate = { ...NO_GATE, people: ['ann', 'bob', 'carl'], count: 2, ownWork: true, validHours: 1 };
const aJudge = ({ dice }: Setting): string => dice.one(['ann', 'bob', 'carl', 'carl', 'carl@example.org', 'eve']);
const anApprovable = ({ dice, state }: Setting): string =>
  dice.oneOr(dice.rarely(5) ? [...state.jobs] : [...state.jobs].filter((it) => it.approval !== null), { id: 'j9' }).id;

const aSplittable = (dice: Setting['dice']): JobRequest => ({
  command: ['make'],
  strategy: dice.one<JobRequest['strategy']>(['Distributed', 'Distributed', 'Canary']),
  priority: 1,
  retries: dice.one([0, 1]),
  reserves: dice.one([null, { cores: 1, memoryGB: 0 }]),
});

/** Mostly of one that can be split, by who holds it. */
function aSplit(it: Setting): InputOf<'split'> {
  const { dice, state, now, id } = it;
  const fit = [...state.jobs].filter(
    (job) => isHeld(job) && /Distributed|Canary/.test(job.strategy) && job.split === null,
  );
  const job = dice.rarely(4) ? undefined : dice.oneOr(fit, undefined);
  const holder = job ? { jobId: job.id, agentId: job.agent ?? 'a1', token: job.token } : aHolder(it);
  const canary = job?.strategy === 'Canary';
  const kinds = canary ? (['canary', 'follower'] as const) : (['part', 'part'] as const);
  const part = (wave: 0 | 1) => ({ kind: kinds[wave], wave, projects: ['p'] });
  const children: InputOf<'split'>['children'] = [
    { id: `${id}p0`, part: part(0), needs: [], assignedTo: canary ? 'a1' : null },
    { id: `${id}p1`, part: part(1), needs: dice.one([[`${id}p0`], [`${id}p0`], []]), assignedTo: null },
    { id: `${id}p2`, part: part(1), needs: [dice.one([`${id}p0`, `${id}p0`, 'nobody'])], assignedTo: null },
  ];
  return {
    ...holder,
    kind: canary ? 'canary' : 'distributed',
    children,
    waves: 2,
    projects: 3,
    agents: 2,
    criticalPath: ['p'],
    aloneSeconds: 30,
    togetherSeconds: 20,
    commit: 'c'.repeat(40),
    branch: 'main',
    toolchain: null,
    requires: [],
    stages: stages(it),
    now,
  };
}

const aTask = (dice: Setting['dice']): JobRequest => ({
  task: {
    text: dice.one(['Build it', 'Build it', ' ']),
    parameters: dice.one([{}, { url: 'u', deep: { list: [1] } }]),
    notify: dice.rarely(2),
    message: null,
  },
  labels: dice.one([[], ['xcode'], ['priority-2']]),
  retries: dice.one([0, 1]),
});

const anOrderedRequest = (dice: Setting['dice'], jobs: readonly Job[]): JobRequest => ({
  command: ['make'],
  needs: [
    ...new Set([dice.oneOr(dice.rarely(6) ? [] : jobs, { id: 'nobody' }).id, ...dice.some(jobs).map((it) => it.id)]),
  ].slice(0, 3),
});

function aClaimer({ dice, state }: Setting) {
  const agent = dice.oneOr([...state.agents], undefined);
  return { agentId: agent?.id ?? 'a9', boot: dice.rarely(9) ? 'other' : dice.one([agent?.boot ?? null, null]) };
}

/** Mostly who holds a job, and at times somebody who thinks so. */
function aHolder({ dice, state }: Setting): Holder {
  const job = dice.oneOr(dice.rarely(6) ? [...state.jobs] : [...state.jobs].filter(isHeld), undefined);
  const token = (job?.token ?? 1) - (dice.rarely(8) ? 1 : 0);
  return { jobId: job?.id ?? 'j9', agentId: dice.rarely(8) ? 'a2' : (job?.agent ?? 'a1'), token };
}

function aReturn(it: Setting): InputOf<'requeue'> {
  const { jobId, agentId, token } = aHolder(it);
  return { jobId, token, by: agentId, reason: 'could not renew it', returned: true, now: it.now };
}

function aLoser({ dice, state }: Setting): Holder {
  const job = dice.oneOr(
    [...state.jobs].filter((it) => it.attempts.some(({ status }) => status === 'lost')),
    undefined,
  );
  const attempt = job?.attempts.find((it) => it.status === 'lost') ?? (job && currentAttempt(job));
  return { jobId: job?.id ?? 'j9', agentId: attempt?.agent ?? 'a1', token: attempt?.token ?? 1 };
}

function aFinish(it: Setting): InputOf<'finish'> {
  const status = it.dice.one<InputOf<'finish'>['status']>(['succeeded', 'succeeded', 'failed', 'failed', 'cancelled']);
  const tests = { total: 3, passed: 2, failed: 1, skipped: 0 };
  return {
    ...aHolder(it),
    status,
    cause: status === 'failed' ? it.dice.one(['code', 'infrastructure', 'timeout']) : null,
    exitCode: status === 'succeeded' ? 0 : 1,
    signal: null,
    reason: status === 'succeeded' ? null : 'x'.repeat(it.dice.one([5, 5000])),
    stages: stages(it),
    result: { exitCode: 0, artifacts: 1, manifest: null, log: null, tests, isolation: null },
    testRuns: it.dice.one([
      null,
      { failed: ['T.Works'], passed: [], retried: [] },
      { failed: [], passed: ['T.Works'], retried: ['T.Other'] },
    ]),
    now: it.now,
  };
}

const stages = ({ dice, now }: Setting): InputOf<'progress'>['stages'] => {
  const status = dice.one<Stage['status']>(['Running', 'Succeeded', 'Failed']);
  return [{ name: 'Build', status, startedAt: now, endedAt: null, warnings: 0, errors: 0, message: 'y'.repeat(2000) }];
};

const anyJob = ({ dice, state }: Setting): string => dice.oneOr([...state.jobs], { id: 'j9' }).id;
const aFinishedJob = ({ dice, state }: Setting): string =>
  dice.oneOr(dice.rarely(5) ? [...state.jobs] : [...state.jobs].filter(isFinished), { id: 'j9' }).id;
