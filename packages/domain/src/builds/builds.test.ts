/** Builds as programs ask for them and see them: requests become jobs, and jobs are told of in the words of requests. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_RESULT } from '../entities/build-result.ts';
import { JOB_STATUSES, type Job } from '../entities/job.ts';
import { submitJob } from '../operations/jobs/submit-job.ts';
import { aJob, aNamespace, anAgent, anAttempt } from '../spec/samples.ts';
import { endOf } from '../spec/story.ts';
import { minutesAfterNoon, noon, world } from '../spec/world.ts';
import type { State } from '../state.ts';
import { Table } from '../table.ts';
import { type BuildMark, buildPage } from './build-list.ts';
import { inShort, PRIORITIES, type ShortBuildRequest, TARGETS } from './build-request.ts';
import { BUILD_STATUSES, buildStatus, buildView } from './build-view.ts';
import { buildOfJob, jobOfBuild, priorityName, revisionIn } from './job-of-build.ts';
import { queuedBuild } from './queued-build.ts';
import { asksForTheSame } from './same-build.ts';
import { REQUIREMENT_OF, targetOf } from './target-pool.ts';

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,12}$/);
const texts = fc.dictionary(
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,8}$/),
  fc.string({ unit: 'grapheme-ascii' }),
  {
    maxKeys: 4,
  },
);
const sha = fc.stringMatching(/^[0-9a-f]{40}$/);

/** Everything that a request may say, each of it or nothing. */
const request: fc.Arbitrary<ShortBuildRequest> = fc.record(
  {
    repositoryUrl: word.map((it) => `https://git.example/team/${it}.git`),
    gitRef: fc.oneof(
      word,
      sha,
      word.map((it) => `refs/tags/${it}`),
      word.map((it) => `feature/${it}`),
    ),
    projectName: word,
    solutionPath: word.map((it) => `src/${it}.sln`),
    configuration: fc.constantFrom('Release', 'Debug', 'My Config'),
    targetFramework: fc.constantFrom('net8.0', 'net10.0-windows'),
    platform: fc.constantFrom('AnyCPU', 'x64'),
    runtimeIdentifier: fc.constantFrom('linux-x64', 'win-arm64'),
    buildProperties: texts,
    metadata: texts,
    runTests: fc.boolean(),
    createPackages: fc.boolean(),
    publishArtifacts: fc.boolean(),
    forceClean: fc.boolean(),
    timeoutMinutes: fc.integer({ min: 1, max: 10_080 }),
    targetPool: fc.constantFrom(...TARGETS),
    strategy: fc.constantFrom('Incremental', 'Clean', 'Cached', 'Distributed', 'Canary'),
    priority: fc.constantFrom(...PRIORITIES),
    requesterEmail: word.map((it) => `${it}@example.org`),
    jobId: fc.uuid(),
    namespace: fc.constantFrom('team-a', 'team-b'),
  },
  { requiredKeys: ['repositoryUrl'], noNullPrototype: true },
);

const submitted = (asked: ShortBuildRequest, id = 'b1') => {
  const { state } = world().yard({ namespaces: { 'team-a': aNamespace({}), 'team-b': aNamespace({}) } });
  const decision = submitJob(state, { id, job: jobOfBuild(asked), by: 'ci', now: noon });
  if (!decision.ok) throw new Error(`${decision.code} ${decision.reason}`);
  return decision.result;
};

describe('a build request', () => {
  it('becomes a job that says all of it again', () => {
    fc.assert(
      fc.property(request, (asked) => {
        const { executionId: _, createdAt: __, gitRef, ...said } = asked;
        const told = buildOfJob(submitted(asked));

        expect(told).toMatchObject({ ...said, gitRef: gitRef ?? null });
        expect(told.timeoutMinutes).toBe(asked.timeoutMinutes ?? 60);
        expect(told.configuration).toBe(asked.configuration ?? 'Release');
      }),
      { numRuns: 300 },
    );
  });

  it('asks for the same as the job that it became, and any other for something else', () => {
    fc.assert(
      fc.property(request, request, (asked, other) => {
        const job = submitted(asked);
        const later = { ...job, priority: 1, commit: job.commit ?? 'c'.repeat(40), status: 'succeeded' as const };

        expect(asksForTheSame(job, jobOfBuild(asked))).toBe(true);
        expect(asksForTheSame(later, jobOfBuild(asked))).toBe(true);
        const differs = { ...asked, repositoryUrl: `${asked.repositoryUrl}2` };
        expect(asksForTheSame(job, jobOfBuild(differs))).toBe(false);
        const mixed = { ...asked, metadata: { ...asked.metadata, ...other.metadata, one: 'more' } };
        expect(asksForTheSame(job, jobOfBuild(mixed))).toBe(asked.metadata?.one === 'more' && isWithin(other, asked));
      }),
      { numRuns: 200 },
    );
  });

  it('says a default by saying nothing', () => {
    const short = { repositoryUrl: 'https://git.example/a.git', gitRef: 'main' };
    const long = { ...short, configuration: 'Release', platform: 'AnyCPU', runTests: true, timeoutMinutes: 60 };

    expect(jobOfBuild(long)).toEqual(jobOfBuild(short));
    expect(jobOfBuild(short)).toMatchObject({ parameters: {}, priority: 5, timeoutSeconds: 3_600, requires: [] });
  });

  it('is the same with its job inside and in short', () => {
    const job = {
      projectName: 'a',
      repositoryUrl: '/srv/a',
      gitRef: 'main',
      solutionPath: '.',
      requesterEmail: 'a@b.c',
    };

    expect(inShort({ job, requesterEmail: 'd@e.f', priority: 'High' })).toEqual({
      ...job,
      requesterEmail: 'd@e.f',
      priority: 'High',
    });
    expect(inShort(job)).toBe(job);
  });

  it('tells a commit from a branch, and finds branches and tags by their full names too', () => {
    expect(revisionIn('C0FFEE'.padEnd(40, '0'))).toEqual({ branch: null, commit: 'c0ffee'.padEnd(40, '0') });
    expect(revisionIn('c0ffee')).toEqual({ branch: 'c0ffee', commit: null });
    expect(revisionIn('refs/heads/feature/x')).toEqual({ branch: 'feature/x', commit: null });
    expect(revisionIn('refs/tags/v1')).toEqual({ branch: 'refs/tags/v1', commit: null });
    expect(revisionIn(undefined)).toEqual({ branch: null, commit: null });
  });

  it('asks for a system by what agents publish, and reads it back from them', () => {
    const agent = (os: string, pool: string) => anAgent('a', noon, { pool, capabilities: { ...CAPABLE, os } });

    expect(TARGETS.map((it) => REQUIREMENT_OF[it])).toEqual(['os=linux', 'os=win32', 'os=darwin', 'docker']);
    expect(targetOf(agent('linux', 'fast ones'))).toBe('Linux');
    expect(targetOf(agent('win32', 'docker'))).toBe('Docker');
    expect(targetOf(agent('darwin', 'Linux'))).toBe('MacOS');
    expect([targetOf(agent('plan9', 'x')), targetOf(agent('unknown', 'windows'))]).toEqual([null, 'Windows']);
  });
});

describe('a build', () => {
  it('has the name of its priority that is nearest, 1 being first', () => {
    const names = [1, 2, 3, 4, 5, 7, 8, 10].map(priorityName);

    expect(names).toEqual(['Critical', 'High', 'High', 'Normal', 'Normal', 'Normal', 'Low', 'Low']);
  });

  it('has a status for each that a job can have', () => {
    const words = JOB_STATUSES.map((status) => buildStatus({ status, cancelRequested: null }));

    expect(new Set([...words, 'Cancelling'])).toEqual(new Set(BUILD_STATUSES));
    const cancelRequested = { by: 'ann', at: noon, reason: null };
    expect(buildStatus({ status: 'running', cancelRequested })).toBe('Cancelling');
    expect(buildStatus({ status: 'failed', cancelRequested })).toBe('Failed');
  });

  it('shows while it runs what its holder last told', () => {
    const stages = [
      STAGE({ name: 'Fetch', endedAt: minutesAfterNoon(1) }),
      STAGE({ name: 'Build', status: 'Pending' }),
    ];
    const attempts = [anAttempt({ agent: 'mac', token: 3, startedAt: noon, status: 'running', stages })];
    const { state } = world()
      .agent('mac', { capabilities: { ...CAPABLE, os: 'darwin' } })
      .job('b1', { status: 'running', token: 3, attempts, traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` })
      .beat('mac', { jobs: [{ id: 'b1', token: 3, stage: 'Build', progress: 'Compiling 3 projects…' }] });
    const job = jobOf(state, 'b1');

    const view = buildView(state, job, minutesAfterNoon(3));

    expect(view).toMatchObject({
      ...{ status: 'Running', currentStage: 'Build', progress: 'Compiling 3 projects…', duration: 'PT3M' },
      ...{ agent: { agentId: 'mac', hostname: 'mac.example', targetType: 'MacOS' }, success: null, stageResults: [] },
      traceId: 'a'.repeat(32),
    });
    expect(view.stages).toEqual([
      { name: 'Fetch', status: 'Succeeded', startTime: noon, duration: 'PT1M', warningsCount: 0 },
      { name: 'Build', status: 'Running', startTime: noon, duration: 'PT3M', warningsCount: 0 },
    ]);
  });

  it('shows when it has ended what came of it', () => {
    const tests = { total: 2, passed: 1, failed: 1, skipped: 0 };
    const place = { path: 'src/a.cs', line: 3, column: 5 };
    const annotations = [
      { level: 'error' as const, ...place, code: 'CS1002', message: '; expected' },
      { level: 'warning' as const, path: null, line: null, column: null, code: null, message: 'old' },
    ];
    const result = { ...NO_RESULT, exitCode: 1, tests, annotations };
    const stages = [STAGE({ name: 'Test', status: 'Failed', endedAt: minutesAfterNoon(2), errors: 1, message: 'no' })];
    const attempt = { agent: 'gone', token: 1, startedAt: noon, endedAt: minutesAfterNoon(2), stages };
    const attempts = [anAttempt({ ...attempt, status: 'failed', reason: '1 of 2 tests failed' })];
    const job = aJob('b1', noon, { status: 'failed', token: 1, attempts, result, endedAt: minutesAfterNoon(2) });

    const view = buildView(world().state, job, minutesAfterNoon(60));

    expect(view).toMatchObject({
      ...{ status: 'Failed', success: false, endTime: minutesAfterNoon(2), duration: 'PT2M', currentStage: null },
      ...{ errors: ['src/a.cs:3:5: CS1002: ; expected'], warnings: ['old'], errorMessage: '1 of 2 tests failed' },
      agent: { agentId: 'gone', hostname: 'gone', targetType: null },
      testResults: { ...tests, failedTests: [] },
    });
    expect(view.stageResults).toEqual([
      {
        ...{ stageName: 'Test', status: 'Failed', start: noon, end: minutesAfterNoon(2), duration: 'PT2M' },
        ...{ message: 'no', warningsCount: 0, errorsCount: 1 },
      },
    ]);
  });

  it('says who cancelled it and why, and why it expired', () => {
    const cancelRequested = { by: 'ann', at: noon, reason: 'wrong branch' };
    const messageOf = (fields: Parameters<typeof aJob>[2]) =>
      buildView(world().state, aJob('b1', noon, { endedAt: noon, ...fields }), noon).errorMessage;

    expect(messageOf({ status: 'cancelled', cancelRequested })).toBe('cancelled by ann: wrong branch');
    expect(messageOf({ status: 'expired' })).toMatch(/^nobody could take it/);
    expect(messageOf({ status: 'succeeded' })).toBeNull();
  });

  it('that waits has a place in the queue, and a duration once some like it were built', () => {
    const like = { repository: '/srv/a', command: null, branch: 'main' };
    const built = (id: string, scene: ReturnType<typeof world>) =>
      scene.job(id, { ...like, status: 'succeeded', attempts: [ENDED_AFTER(15)], endedAt: minutesAfterNoon(15) });
    const queue = world()
      .agent('mac')
      .job('q1')
      .job('q2', { ...like, submittedAt: minutesAfterNoon(1) });
    const lonely = jobOf(queue.state, 'q2');

    expect(queuedBuild(queue.state, lonely, minutesAfterNoon(2))).toEqual({
      ...{ executionId: 'q2', status: 'Queued', queuePosition: 2 },
      ...{ estimatedStartTime: null, estimatedDuration: null },
    });
    const first = world().agent('mac').beat('mac').job('q1');
    expect(queuedBuild(first.state, jobOf(first.state, 'q1'), noon)).toMatchObject({
      ...{ queuePosition: 1, estimatedStartTime: noon, estimatedDuration: null },
    });
    const { state } = ['x', 'y', 'z'].reduce((scene, id) => built(id, scene), queue.beat('mac'));
    expect(queuedBuild(state, lonely, minutesAfterNoon(2))).toMatchObject({ estimatedDuration: 'PT15M' });
  });
});

describe('builds of any story of a yard', () => {
  const run = fc.array(fc.array(fc.nat(999), { minLength: 14, maxLength: 14 }), { minLength: 20, maxLength: 40 });

  it('can be shown, and say the same in all their words', () => {
    fc.assert(
      fc.property(run, (throws) => {
        const { state, now } = endOf(throws);
        for (const job of state.jobs) {
          const { status, success, startTime, agent, duration, stageResults } = buildView(state, job, now);
          const isOver = ['Succeeded', 'Failed', 'Cancelled', 'Expired'].includes(status);
          expect([success === null, success === true]).toEqual([!isOver, status === 'Succeeded']);
          if (status === 'Queued') expect([agent, startTime, duration, stageResults]).toEqual([null, null, null, []]);
          if (!isOver && status !== 'Queued') expect(agent?.agentId ?? null).toBe(job.agent);
          expect(duration ?? 'PT0S').toMatch(/^PT(?:\d+H)?(?:\d+M)?(?:\d+S)?$/);
          expect(asksForTheSame(job, job)).toBe(true);
          expect(queuedBuild(state, job, now).queuePosition === null).toBe(status !== 'Queued');
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('a list of builds', () => {
  const jobs = Array.from({ length: 7 }, (_, at) =>
    aJob(`b${at}`, minutesAfterNoon(at % 3), {
      repository: at === 6 ? '/srv/other' : '/srv/app.git',
      branch: at < 3 ? 'main' : 'next',
      submittedBy: at === 0 ? 'Ann' : 'ci',
      parameters: at === 1 ? { requesterEmail: 'ann@example.org' } : {},
      attempts: at === 2 ? [anAttempt({ agent: 'mac', token: 1, startedAt: noon })] : [],
    }),
  );
  const all = { filter: {}, after: null, limit: 50 };

  it('goes from the newest to the oldest, a page after another, whatever comes in between', () => {
    const whole = buildPage(tableOf(jobs), all).jobs.map((it) => it.id);
    const first = buildPage(tableOf(jobs), { ...all, limit: 3 });
    const newer = tableOf([...jobs, aJob('b9', minutesAfterNoon(9), {})]);
    const second = buildPage(newer, { ...all, after: first.next, limit: 3 });
    const third = buildPage(newer, { ...all, after: second.next, limit: 3 });

    expect(whole).toEqual(['b5', 'b2', 'b4', 'b1', 'b6', 'b3', 'b0']);
    expect([first, second, third].flatMap((it) => it.jobs.map(({ id }) => id))).toEqual(whole);
    expect(third.next).toBeNull();
  });

  it('goes on in the archive, day by day, without what it has told, and ends a page early where little fits', () => {
    const old = Array.from({ length: 1_200 }, (_, at) =>
      aJob(`o${at}`, minutesAfterNoon(at), { branch: at % 600 === 0 ? 'rare' : 'main' }),
    );
    const days = ['2026/01/02', '2026/01/01'].map((day, at) => {
      const ended = [...old.filter((_, index) => index % 2 === at), aJob('p1', noon, { parent: 'o1' })];
      return { day, jobs: () => ended, read: (id: string) => ended.find((it) => it.id === id) };
    });
    const moved = tableOf([...jobs, ...old.slice(0, 2)]);
    const pages = (asked: object, state = tableOf(jobs)) => {
      const told: string[][] = [];
      for (let after = null as BuildMark | null; ; ) {
        const { jobs: page, next } = buildPage(state, { ...all, after, archive: days, ...asked });
        told.push(page.map(({ id }) => id));
        if (next === null) return told;
        after = next;
      }
    };

    const [whole, rare] = [pages({ limit: 200 }), pages({ filter: { branch: 'rare' } })];

    expect(whole.flat()).toHaveLength(1_207);
    expect(new Set(whole.flat()).size).toBe(1_207);
    expect(whole[0]?.slice(6, 9)).toEqual(['b0', 'o1198', 'o1196']);
    expect(rare.flat()).toEqual(['o600', 'o0']);
    expect(rare.length).toBeGreaterThan(1);
    expect(pages({}, moved).flat()).toHaveLength(1_207);
  });

  it('shows those that were asked for, and parts and tasks never', () => {
    const more = [
      aJob('p1', noon, { parent: 'b1' }),
      aJob('t1', noon, { command: null, task: { text: 'do', parameters: {}, notify: false, message: null } }),
    ];
    const idsOf = (filter: object) =>
      buildPage(tableOf([...jobs, ...more]), { ...all, filter })
        .jobs.map(({ id }) => id)
        .sort();

    expect(idsOf({ branch: 'main' })).toEqual(['b0', 'b1', 'b2']);
    expect(idsOf({ project: 'APP', branch: 'next' })).toEqual(['b3', 'b4', 'b5']);
    expect(idsOf({ requester: 'ann' })).toEqual(['b0']);
    expect(idsOf({ requester: 'Ann@example.org' })).toEqual(['b1']);
    expect(idsOf({ agent: 'mac' })).toEqual(['b2']);
    expect(idsOf({ status: 'Queued' })).toHaveLength(7);
    expect(idsOf({ status: 'Failed' })).toEqual([]);
  });
});

const tableOf = (jobs: readonly Job[]) => Table.of(jobs.map((it) => [it.id, it] as const));
const isWithin = ({ metadata: more = {} }: ShortBuildRequest, { metadata = {} }: ShortBuildRequest): boolean =>
  Object.entries(more).every(([name, value]) => metadata[name] === value);
const jobOf = ({ jobs }: State, id: string) => jobs.get(id) ?? aJob('none', noon, {});
const CAPABLE = { os: 'linux', arch: 'x64', cores: 1, memoryGB: 1, diskGB: 1, tools: {} };
const STAGE = (fields: object) => ({
  ...{ name: 'Build', status: 'Succeeded' as const, startedAt: noon, endedAt: null, warnings: 0, errors: 0 },
  message: null,
  ...fields,
});
const ENDED_AFTER = (minutes: number) =>
  anAttempt({ agent: 'mac', token: 1, startedAt: noon, endedAt: minutesAfterNoon(minutes), status: 'succeeded' });
