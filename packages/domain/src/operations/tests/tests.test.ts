import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../apply-changes.ts';
import { nothingToCommit, refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { noon, world } from '../../spec/world.ts';
import type { State } from '../../state.ts';
import { after, DAY_MS, type Time } from '../../time.ts';
import { knownTests, testRows } from '../../views/test-view.ts';
import { finishJob } from '../jobs/finish-job.ts';
import { quarantineTest, releaseTest } from './quarantine-test.ts';
import { isFlaky, rememberedRuns, type TestRuns } from './remember-runs.ts';

const repository = 'https://git.example/acme/app.git';
const commitOf = (sign: string) => sign.repeat(40);
const NONE: TestRuns = { failed: [], passed: [], retried: [] };

interface Ended extends Partial<TestRuns> {
  readonly commit?: string;
  readonly branch?: string;
  readonly at?: Time;
}

function ended(state: State, { commit = 'a', branch = 'main', at = noon, ...runs }: Ended): State {
  const job = { id: 'b1', repository, branch, commit: commitOf(commit) };
  return applyChanges(state, rememberedRuns(state, { job, runs: { ...NONE, ...runs }, now: at }));
}
const rows = (state: State) => testRows(state, noon);
const shaky = {
  repository,
  name: 'shaky',
  by: 'ann',
  reason: 'needs a clock',
  until: after(noon, 14 * DAY_MS),
  now: noon,
};

describe('what is remembered of tests', () => {
  it('begins with a failure: a test that passes is none of it', () => {
    const first = ended(world().state, { passed: ['well'] });
    const second = ended(first, { failed: ['shaky'], passed: ['well'] });

    expect(first.tests.size).toBe(0);
    expect(rows(second)).toMatchObject([
      { repository, name: 'shaky', flaky: false, failures: 1, passes: 0, lastFailedAt: noon, lastFailedJob: 'b1' },
    ]);
    expect(knownTests(second, repository, noon)).toEqual([{ name: 'shaky', quarantined: false }]);
    expect(knownTests(second, 'https://git.example/other.git', noon)).toEqual([]);
  });

  it.each([
    ['failed and passed on the same commit', [{ failed: ['t'] }, { passed: ['t'] }], true],
    ['passed when its runner tried again', [{ retried: ['t'] }], true],
    ['was mended by the next commit', [{ failed: ['t'] }, { passed: ['t'], commit: 'b' }], false],
    [
      'went to and fro on one branch',
      ['a', 'b', 'c', 'd'].map((commit, at) => (at % 2 ? { passed: ['t'], commit } : { failed: ['t'], commit })),
      true,
    ],
    [
      'fails on one branch and passes on another',
      ['a', 'b', 'c', 'd'].map((commit, at) =>
        at % 2 ? { passed: ['t'], commit, branch: 'main' } : { failed: ['t'], commit, branch: 'fix' },
      ),
      false,
    ],
  ] as [string, Ended[], boolean][])('knows of one that %s whether it is flaky', (_, builds, flaky) => {
    const state = builds.reduce(ended, world().state);

    expect(rows(state)).toMatchObject([{ name: 't', flaky, since: flaky ? noon : null }]);
  });

  it('does not take commits that nobody knows for one', () => {
    expect(isFlaky([`failed ${'-'.repeat(12)} -`, `passed ${'-'.repeat(12)} -`])).toBe(false);
  });

  it('forgets a test that has passed for long, and one that is gone for longer', () => {
    const failed = ended(world().state, { failed: ['t', 'gone'] });
    const signs = [...'0123456789abcdef'].flatMap((it) => [it, it]).slice(0, 30);
    const passed = signs.reduce((state, commit) => ended(state, { passed: ['t'], commit }), failed);

    expect(rows(passed).map((it) => it.name)).toEqual(['gone']);
    expect(rows(ended(passed, { failed: ['new'], at: after(noon, 91 * DAY_MS) })).map((it) => it.name)).toEqual([
      'new',
    ]);
  });

  it('learns nothing of single tests from a build in which a great many failed, but for those that it knows', () => {
    const known = ended(world().state, { failed: ['t'] });
    const many = Array.from({ length: 60 }, (_, row) => `t${row}`);

    expect(rows(ended(known, { failed: ['t', ...many] }))).toMatchObject([{ name: 't', failures: 2 }]);
  });

  it('never keeps more than it may, nor a name that is too long', () => {
    const names = (at: number) => Array.from({ length: 40 }, (_, row) => `${at} ${row}`);
    const state = [1, 2, 3, 4, 5, 6].reduce(
      (it, at) => ended(it, { failed: [...names(at), 'x'.repeat(501)] }),
      world().state,
    );

    expect(rows(state)).toHaveLength(200);
    expect(rows(state).some((it) => it.name.length > 500)).toBe(false);
  });

  it('changes nothing when a build tells nothing of what it knows', () => {
    const state = ended(world().state, { failed: ['t'] });

    expect(ended(state, { passed: ['other'] })).toBe(state);
    expect(
      rememberedRuns(state, {
        job: { id: 'b1', repository: null, branch: null, commit: null },
        runs: { ...NONE, failed: ['x'] },
        now: noon,
      }),
    ).toEqual([]);
  });

  it('comes with the end of a build, of an attempt that others follow as well', () => {
    const { state } = world()
      .agent('mac')
      .job('b1', { status: 'running', token: 2, agent: 'mac', repository, retries: 1 });
    const end = { jobId: 'b1', agentId: 'mac', token: 2, status: 'failed', cause: 'code', exitCode: 1 } as const;
    const runs = { ...NONE, failed: ['t'] };
    const more = {
      signal: null,
      reason: 'no',
      stages: [],
      result: {},
      commit: commitOf('c'),
      branch: 'main',
      now: noon,
    };

    const after = stateAfter(state, finishJob(state, { ...end, ...more, testRuns: runs }));

    expect(after.jobs.get('b1')?.status).toBe('queued');
    expect([...after.tests][0]?.tests).toMatchObject([
      { name: 't', runs: ['failed cccccccccccc main'], lastFailedJob: 'b1' },
    ]);
  });
});

describe('quarantine-test', () => {
  it('overlooks the failures of a test until its time is over', () => {
    const state = stateAfter(world().state, quarantineTest(world().state, shaky));

    expect(knownTests(state, repository, noon)).toEqual([{ name: 'shaky', quarantined: true }]);
    expect(knownTests(state, repository, after(noon, 14 * DAY_MS))).toEqual([{ name: 'shaky', quarantined: false }]);
    expect(rows(state)).toMatchObject([{ quarantinedUntil: shaky.until, reason: 'needs a clock' }]);
  });

  it('keeps what is known of the test, and says nothing new when it is asked again', () => {
    const before = ended(world().state, { failed: ['shaky'] });
    const state = stateAfter(before, quarantineTest(before, shaky));

    expect(rows(state)).toMatchObject([{ failures: 1, quarantinedUntil: shaky.until }]);
    expect(quarantineTest(state, { ...shaky, now: after(noon, 60_000) })).toMatchObject(nothingToCommit);
  });

  it.each([
    ['REASON_REQUIRED', { reason: ' ' }],
    ['INVALID_DATA', { until: noon }],
    ['INVALID_DATA', { until: after(noon, 91 * DAY_MS) }],
    ['INVALID_DATA', { until: 'soon' }],
    ['INVALID_DATA', { name: ' ' }],
    ['INVALID_DATA', { name: 'x'.repeat(501) }],
  ] as const)('refuses as %s %o', (code, fields) => {
    expect(quarantineTest(world().state, { ...shaky, ...fields })).toMatchObject(refusal(code));
  });
});

describe('release-test', () => {
  it('forgets the test and its past, and refuses where nothing is remembered', () => {
    const state = stateAfter(world().state, quarantineTest(world().state, shaky));
    const released = stateAfter(state, releaseTest(state, shaky));

    expect(resultOf(releaseTest(state, shaky)).name).toBe('shaky');
    expect(rows(released)).toEqual([]);
    expect(releaseTest(released, shaky)).toMatchObject(refusal('NOT_FOUND'));
  });
});
