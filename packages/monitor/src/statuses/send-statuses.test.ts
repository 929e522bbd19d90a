/** Statuses of builds against a pretended host, where every exchange is held against GitHub's own description. */
import { commitStatuses, type Job } from '@gityard/domain';
import { noon, world } from '@gityard/domain/spec';
import { type PretendedIssues, pretendIssues } from '@gityard/testing';
import { maskSecrets } from '@gityard/yard';
import { afterEach, describe, expect, it } from 'vitest';
import { openClient } from '../rest/client.ts';
import { MonitorError } from '../rest/failures.ts';
import { RestStatusHost } from '../rest/rest-status-host.ts';
import type { StatusHost } from './host.ts';
import { sendStatuses, type ToldStatuses } from './send-statuses.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';
const built = { repository: 'https://git.example/acme/app', commit, branch: 'main' };
const fleet = world().agent('mac').beat('mac', { at: noon });
const withJob = (fields: Partial<Job> = {}) => fleet.job('b1', { ...built, ...fields }).state;

let issues: PretendedIssues;
afterEach(() => expect(issues.problems).toEqual([]));

async function begin(flavour: 'github' | 'gitea' = 'github') {
  issues = pretendIssues({ flavour, now: noon });
  const { fetch, tracker } = issues;
  // The host of the address and the host of the repository are the same.
  const apiUrl = flavour === 'github' ? 'https://git.example' : issues.apiUrl;
  const client = await openClient({ apiUrl, fetch, token: tracker.rules.token, secondMs: 0 });
  return new RestStatusHost({ client, apiUrl });
}

const run = (host: RestStatusHost, state = withJob(), told: ToldStatuses = new Map(), most?: number) =>
  sendStatuses({
    ...{ wanted: commitStatuses(state, noon), told, host, mask: maskSecrets },
    ...(most !== undefined && { most }),
  });
const sent = () => issues.tracker.statuses.map(({ context, state, description }) => [context, state, description]);

describe.each(['github', 'gitea'] as const)('the statuses of commits at %s', (flavour) => {
  it('are told from the queue to the end, each change once', async () => {
    const host = await begin(flavour);
    const told: ToldStatuses = new Map();
    const running = { status: 'running', agent: 'mac', token: 1 } as const;

    for (const fields of [{}, {}, running, running, { status: 'failed', token: 1, agent: 'mac' } as const])
      await run(host, withJob(fields), told);

    expect(sent()).toEqual([
      ['gityard/main', 'pending', 'waits to be claimed by mac'],
      ['gityard/main', 'pending', 'Runs on mac'],
      ['gityard/main', 'failure', expect.stringMatching(/^Failed: /)],
    ]);
  });

  it('are not told again by a process that remembers nothing', async () => {
    const host = await begin(flavour);
    await run(host);

    expect(await run(host)).toEqual({ sent: 0, unknown: 0, left: 0 });
    expect(issues.tracker.statuses).toHaveLength(1);
  });
});

describe('the statuses of commits', () => {
  it('cost no request while nothing changes, nor for repositories of other hosts', async () => {
    const host = await begin();
    const told: ToldStatuses = new Map();
    const state = world(withJob()).job('b2', { ...built, repository: 'https://other.example/acme/app' }).state;
    await run(host, state, told);
    const { length } = issues.requests;

    await run(host, state, told);

    expect(issues.requests).toHaveLength(length);
    expect(issues.requests.map((it) => it.asked)).toEqual([
      `GET /commits/${commit}/status`,
      `POST /statuses/${commit}`,
    ]);
  });

  it('are forgotten with their jobs', async () => {
    const host = await begin();
    const told: ToldStatuses = new Map();
    await run(host, withJob(), told);
    expect(told.size).toBe(1);

    await run(host, fleet.state, told);

    expect(told.size).toBe(0);
  });

  it('of a commit that the host does not know are left out, and asked for no more', async () => {
    const host = await begin();
    issues.tracker.rules.unknownCommits.add(commit);
    const told: ToldStatuses = new Map();

    expect(await run(host, withJob(), told)).toMatchObject({ sent: 0, unknown: 1 });
    expect(await run(host, withJob(), told)).toMatchObject({ unknown: 0 });
    expect(issues.requests).toHaveLength(1);
  });

  it('are a few at a time, the newest first, and the others come next', async () => {
    const host = await begin();
    const told: ToldStatuses = new Map();
    let many = fleet;
    for (let at = 1; at <= 5; at++) many = many.job(`b${at}`, { ...built, branch: `b${at}` });

    expect(await run(host, many.state, told, 3)).toEqual({ sent: 3, unknown: 0, left: 2 });
    expect(sent().map(([context]) => context)).toEqual(['gityard/b5', 'gityard/b4', 'gityard/b3']);
    expect(await run(host, many.state, told, 3)).toEqual({ sent: 2, unknown: 0, left: 0 });
  });

  it('are told again when the host did not take them, which says what is missing', async () => {
    const host = await begin();
    const told: ToldStatuses = new Map();
    issues.tracker.rules.statuses = 'read';

    await expect(run(host, withJob(), told)).rejects.toMatchObject({
      message: expect.stringContaining('statuses=write'),
    });
    issues.tracker.rules.statuses = 'write';
    expect(await run(host, withJob(), told)).toMatchObject({ sent: 1 });
  });

  it('reach all other repositories where the token may not write to one', async () => {
    const denied = new MonitorError('DENIED', 'the token may not', { status: 403, hint: '' });
    const reached: string[] = [];
    const host: StatusHost = {
      sourceOf: (repository) => ({ owner: 'acme', repo: repository }),
      read: async () => [],
      send: async ({ repo }) => {
        if (repo === 'closed') throw denied;
        return reached.push(repo) > 0;
      },
    };
    const { state } = fleet
      .job('b1', { ...built, repository: 'open' })
      .job('b2', { ...built, repository: 'closed' })
      .job('b3', { ...built, repository: 'closed', branch: 'next' });
    const wanted = commitStatuses(state, noon);

    await expect(sendStatuses({ wanted, told: new Map(), host, mask: maskSecrets, most: 2 })).rejects.toBe(denied);

    expect(reached).toEqual(['open']);
  });

  it('hold no secret, and nothing that turns a line around', async () => {
    const host = await begin();
    const secret = ['ghp', 'q7Zc2VbN8mKx4LpT1sWd9RfY6hJg3EaU5oQi'].join('_');
    const attempt = { number: 1, agent: 'mac', token: 1, startedAt: noon, endedAt: noon, status: 'failed' } as const;
    const reason = `${secret}\n\u202e@ann`;
    const failed = withJob({ status: 'failed', attempts: [{ ...attempt, reason } as never] });

    await run(host, failed);

    const told = JSON.stringify(issues.tracker.statuses);
    expect(told).toContain('Failed: ');
    expect(told).not.toMatch(/ghp_|\\n|\u202e|@ann/);
  });
});
