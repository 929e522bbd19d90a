/**
 * What is remembered of the tests of a repository once a build has ended. A test comes in by failing; it is flaky when it failed
 * and passed on the same commit, or went to and fro on one branch; and it goes when it has passed for long enough.
 */

import { testHistoryIdOf } from '../../entities/file-id.ts';
import type { Job } from '../../entities/job.ts';
import {
  REMEMBERED_RUNS,
  REMEMBERED_TESTS,
  type RememberedTest,
  type TestHistory,
} from '../../entities/test-history.ts';
import { type Change, putTestHistory, type State } from '../../state.ts';
import { DAY_MS, elapsedMs, isBefore, type Time } from '../../time.ts';

/** How single tests ended in one build, by their full names. */
export interface TestRuns {
  readonly failed: readonly string[];
  readonly passed: readonly string[];
  /** Failed, and passed when they were tried again in the same build. */
  readonly retried: readonly string[];
}

type Outcome = 'passed' | 'failed' | 'retried';

/** A build in which more than this failed says little about each of them. */
const FAILED_AT_ONCE = 50;
/** Somebody renamed it, or took it out. */
const FORGOTTEN_AFTER_DAYS = 90;
const CHANGES_OF_A_FLAKY_ONE = 3;

export interface EndedBuild {
  readonly job: Pick<Job, 'id' | 'repository' | 'branch' | 'commit'>;
  readonly runs: TestRuns | null | undefined;
  readonly now: Time;
}

export function rememberedRuns(state: State, { job, runs, now }: EndedBuild): readonly Change[] {
  const { repository } = job;
  if (!runs || repository === null) return [];
  // A result must never be refused because somebody broke a file that it only adds to.
  const id = testHistoryIdOf(repository);
  if ([...state.broken].some(({ of }) => of?.kind === 'tests' && of.id === id)) return [];
  const before = testHistoryOf(state, repository);
  if (before.repository !== repository) return [];
  const after = withRuns(before, { job, runs, now });
  return after === before ? [] : [putTestHistory(after)];
}

export function testHistoryOf({ tests }: State, repository: string): TestHistory {
  return tests.get(testHistoryIdOf(repository)) ?? { schemaVersion: 1, repository, tests: [] };
}

export const isQuarantined = ({ quarantine }: RememberedTest, now: Time): boolean =>
  quarantine !== null && isBefore(now, quarantine.until);

export const neverRan = (name: string): RememberedTest => ({
  name,
  runs: [],
  flakySince: null,
  lastFailedAt: null,
  lastFailedJob: null,
  quarantine: null,
});

function withRuns(history: TestHistory, { job, runs, now }: EndedBuild & { readonly runs: TestRuns }): TestHistory {
  const outcomes = new Map<string, Outcome>([
    ...runs.passed.map((name) => [name, 'passed'] as const),
    ...runs.retried.map((name) => [name, 'retried'] as const),
    ...runs.failed.map((name) => [name, 'failed'] as const),
  ]);
  const known = new Set(history.tests.map((it) => it.name));
  const bad = [...runs.retried, ...runs.failed].filter((name) => !known.has(name) && isName(name));
  const added = bad.length > FAILED_AT_ONCE ? [] : [...new Set(bad)].map(neverRan);
  const tests = [...history.tests, ...added].slice(0, REMEMBERED_TESTS);
  const next = tests.map((it) => withOutcome(it, outcomes.get(it.name), { job, now })).filter((it) => isKept(it, now));
  const isSame = next.length === history.tests.length && next.every((it, index) => it === history.tests[index]);
  return isSame ? history : { ...history, tests: next.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

const isName = (name: string): boolean => name.length > 0 && name.length <= 500;

type Seen = Pick<EndedBuild, 'job' | 'now'>;

function withOutcome(test: RememberedTest, outcome: Outcome | undefined, { job, now }: Seen): RememberedTest {
  if (outcome === undefined) return test;
  const commit = /^[0-9a-f]{12}/.exec(job.commit ?? '')?.[0] ?? '-'.repeat(12);
  const runs = [...test.runs, `${outcome} ${commit} ${job.branch ?? '-'}`].slice(-REMEMBERED_RUNS);
  const failed = outcome === 'passed' ? {} : { lastFailedAt: now, lastFailedJob: job.id };
  return { ...test, ...failed, runs, flakySince: test.flakySince ?? (isFlaky(runs) ? now : null) };
}

function isKept(test: RememberedTest, now: Time): boolean {
  if (isQuarantined(test, now)) return true;
  const isOld = test.lastFailedAt === null || elapsedMs(test.lastFailedAt, now) > FORGOTTEN_AFTER_DAYS * DAY_MS;
  return !isOld && test.runs.some((it) => !it.startsWith('passed '));
}

/** By its runs alone. A commit that nobody knows is never the same as another. */
export function isFlaky(runs: readonly string[]): boolean {
  const seen = runs.map(readRun);
  if (seen.some((it) => it.outcome === 'retried')) return true;
  const commits = [...new Set(seen.map((it) => it.commit))].filter((it) => !it.startsWith('-'));
  const bothOn = (commit: string) =>
    new Set(seen.filter((it) => it.commit === commit).map((it) => it.outcome)).size > 1;
  if (commits.some(bothOn)) return true;
  return [...new Set(seen.map((it) => it.branch))].some((branch) => {
    const ends = seen.filter((it) => it.branch === branch).map((it) => it.outcome);
    return ends.filter((it, index) => index > 0 && it !== ends[index - 1]).length >= CHANGES_OF_A_FLAKY_ONE;
  });
}

function readRun(run: string): { readonly outcome: string; readonly commit: string; readonly branch: string } {
  const [outcome = '', commit = '', ...branch] = run.split(' ');
  return { outcome, commit, branch: branch.join(' ') };
}
