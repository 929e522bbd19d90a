import { assert, constantFrom, option, property, record, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JOB_STATUSES, type Job } from '../entities/job.ts';
import { minutesAfterNoon, noon, world } from '../spec/world.ts';
import { commitStatuses } from './commit-statuses.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';
const repository = 'https://git.example/acme/app';
const built = { repository, commit, branch: 'main' };
const told = (of: ReturnType<typeof world>, now = minutesAfterNoon(1)) => commitStatuses(of.state, now);
const fleet = world().agent('mac').beat('mac', { at: noon });

describe('commit-statuses', () => {
  it('names what a waiting job lacks, first what only a person can mend', () => {
    expect(told(world().job('b1', built))).toMatchObject([
      {
        ...{ repository, commit, context: 'gityard/main', state: 'pending', job: 'b1' },
        description: 'Stuck: no agent has joined the yard; start one with gityard agent run',
      },
    ]);
    expect(told(fleet.job('b1', built))).toMatchObject([{ description: 'waits to be claimed by mac' }]);
    expect(told(fleet.job('b1', { ...built, requires: ['dotnet>=8'] }))).toMatchObject([
      { state: 'pending', description: expect.stringMatching(/^Stuck: no agent fits dotnet>=8/) },
    ]);
    expect(told(fleet.job('b0').job('b1', { ...built, needs: ['b0'] }))).toMatchObject([
      { description: 'needs job b0, which is queued' },
    ]);
  });

  it('says who runs it, and how it ended', () => {
    const ended = (fields: Partial<Job>) =>
      told(fleet.job('b1', { ...built, agent: 'mac', token: 1, endedAt: noon, ...fields }))[0];

    expect(told(fleet.job('b1', { ...built, status: 'running', agent: 'mac', token: 1 }))).toMatchObject([
      { state: 'pending', description: 'Runs on mac' },
    ]);
    expect(ended({ status: 'succeeded' })).toMatchObject({ state: 'success', description: 'Succeeded on mac' });
    expect(ended({ status: 'failed' })).toMatchObject({
      state: 'failure',
      description: expect.stringMatching(/^Failed: /),
    });
    expect(ended({ status: 'cancelled' })).toMatchObject({ state: 'error', description: 'Cancelled' });
    expect(ended({ status: 'expired' })).toMatchObject({ state: 'error' });
  });

  it('is of the newest job of a branch, under the name of its profile', () => {
    const profile = { repository, branch: 'main', priority: 5 };
    const { state } = fleet
      .job('b1', { ...built, status: 'failed', endedAt: noon })
      .job('b2', built)
      .job('b3', { ...built, branch: 'next' });
    const branches = { ...state.branches, branches: { release: profile as never } };

    expect(commitStatuses({ ...state, branches }, noon).map((it) => [it.job, it.context])).toEqual([
      ['b3', 'gityard/next'],
      ['b2', 'gityard/release'],
    ]);
  });

  it('is told of no part, of no commit that is not known in whole, and of nothing that ended a day ago', () => {
    const none = fleet
      .job('b1', { ...built, parent: 'b0' })
      .job('b2', { ...built, commit: 'abcdef12' })
      .job('b3', { ...built, commit: null })
      .job('b4', { ...built, repository: null })
      .job('b5', { ...built, status: 'succeeded', endedAt: minutesAfterNoon(-24 * 60) });

    expect(told(none)).toEqual([]);
  });

  it('is of the commit that a branch had, once its build tells of it', () => {
    const ended = fleet.job('b1', { ...built, commit: null, status: 'succeeded', endedAt: noon });

    expect(told(ended)).toEqual([]);
    expect(told(ended.manifest('b1', { commit }))).toMatchObject([{ commit, state: 'success' }]);
  });

  it('says the same for as long as nothing but time and the queue move', () => {
    const before = fleet.job('b5', built);
    const after = fleet.job('b1').job('b2').job('b5', built);

    expect(told(after)[0]?.says).toBe(told(before)[0]?.says);
    expect(told(after)[0]?.description).not.toBe(told(before)[0]?.description);
    expect(told(fleet.job('b5', { ...built, needs: ['b0'] }))[0]?.says).not.toBe(told(before)[0]?.says);
  });

  it('leads to the job on the page', () => {
    const yard = (url: string | null, monitorUrl: string | null) => {
      const { state } = fleet.job('b1', built);
      const { monitor } = state.yard;
      return world({ ...state, yard: { ...state.yard, statuses: { url }, monitor: { ...monitor, url: monitorUrl } } });
    };

    expect(told(yard(null, null))[0]?.targetUrl).toBeNull();
    expect(told(yard(null, 'https://acme.example/yard/'))[0]?.targetUrl).toBe('https://acme.example/yard/#/jobs/b1');
    expect(told(yard('https://b.example/#/x', 'https://a.example'))[0]?.targetUrl).toBe('https://b.example/#/jobs/b1');
  });

  it('fits every host, whatever stands in a job', () => {
    const job = record({
      status: constantFrom(...JOB_STATUSES),
      branch: option(stringMatching(/^[a-zé]{1,250}$/)),
      labels: constantFrom<string[]>([], ['x'.repeat(100), 'y'.repeat(100)]),
      commit: constantFrom(commit, commit.toUpperCase(), 'abcd', null),
      agent: constantFrom('mac'),
      endedAt: constantFrom(noon, null),
    });
    assert(
      property(job, (fields) => {
        for (const it of told(fleet.job('b1', { ...built, ...fields }))) {
          expect(it.description.length).toBeGreaterThan(0);
          expect(it.description.length).toBeLessThanOrEqual(140);
          expect(it.context.length).toBeLessThanOrEqual(100);
          expect(it.commit).toBe(commit);
        }
      }),
    );
  });
});
