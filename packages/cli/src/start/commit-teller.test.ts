import { noon, world } from '@gityard/domain/spec';
import { pretendIssues } from '@gityard/testing';
import { describe, expect, it } from 'vitest';
import { commitTeller } from './commit-teller.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';
const { signal } = new AbortController();

describe('what an agent tells hosts of commits with', () => {
  it('is nothing without a token, and no other address than one', () => {
    expect(commitTeller({ GITHUB_TOKEN: 'x', GITYARD_STATUS_TOKEN: '' })).toBeUndefined();
    expect(() => commitTeller({ GITYARD_STATUS_TOKEN: 'x', GITYARD_STATUS_API_URL: 'file:///x' })).toThrow(
      /GITYARD_STATUS_API_URL is no address/,
    );
  });

  it('tells the host of its own repositories, once, and says in words what it did', async () => {
    const issues = pretendIssues({ now: noon });
    const { apiUrl, close } = await issues.listen();
    const { tracker, problems } = issues;
    const tell = commitTeller({ GITYARD_STATUS_TOKEN: tracker.rules.token, GITYARD_STATUS_API_URL: apiUrl });
    const { state } = world()
      .job('b1', { repository: `${apiUrl}/acme/app`, commit, branch: 'main' })
      .job('b2', { repository: 'https://github.com/acme/app', commit, branch: 'main' });

    expect(await tell?.({ state: world().state, now: noon, signal })).toBeNull();
    expect(await tell?.({ state, now: noon, signal })).toBe('statuses of commits: 1 told');
    expect(await tell?.({ state, now: noon, signal })).toBeNull();
    await close();

    expect(tracker.statuses).toMatchObject([{ commit, context: 'gityard/main', state: 'pending' }]);
    expect(problems).toEqual([]);
  });
});
