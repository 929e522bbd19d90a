import { describe, expect, it } from 'vitest';
import { issuePlace } from './issue-place.ts';

const env = { GITHUB_TOKEN: 'a-token' };
const address = '/srv/yard.git';

describe('whose issues the monitor keeps', () => {
  it.each([
    ['acme/app', {}, address],
    [undefined, { GITHUB_REPOSITORY: 'acme/app' }, 'github:other/yard'],
    [undefined, {}, 'github:acme/app'],
    [undefined, {}, 'https://github.com/acme/app.git'],
    [undefined, {}, 'git@github.com:acme/app.git'],
  ])('is acme/app by %j, %j and %s', (flag, more, from) => {
    const place = issuePlace(flag, { env: { ...env, ...more }, address: from });

    expect(place).toMatchObject({ owner: 'acme', repo: 'app', apiUrl: 'https://api.github.com', workflow: null });
  });

  it.each([
    ['https://git.example/acme/app.git', 'https://git.example/api/v3'],
    ['github+https://git.example/acme/app', 'https://git.example/api/v3'],
    ['git@git.example:acme/app.git', 'https://git.example/api/v1'],
  ])('is the repository of the yard %s, where that lies on the host of %s', (from, apiUrl) => {
    const place = issuePlace(undefined, { env: { ...env, GITHUB_API_URL: apiUrl }, address: from });

    expect(place).toMatchObject({ owner: 'acme', repo: 'app', apiUrl });
    expect(() => issuePlace(undefined, { env, address: from })).toThrow(/nobody said/);
  });

  it.each(['acme', 'acme/app/more', 'https://evil.example/acme/app', '../../app', 'acme/..', 'a b/c', ''])(
    'is nobody by %j',
    (flag) => {
      expect(() => issuePlace(flag, { env, address })).toThrow(/no repository/);
    },
  );

  it('is known by the environment of a workflow, on a host of its own', () => {
    const workflow = {
      GITHUB_API_URL: 'https://git.example/api/v3',
      GITHUB_WORKFLOW_REF: 'acme/app/.github/workflows/health-monitor.yml@refs/heads/main',
    };

    expect(issuePlace('acme/app', { env: { ...env, ...workflow }, address })).toMatchObject({
      apiUrl: 'https://git.example/api/v3',
      workflow: 'health-monitor.yml',
    });
    expect(() => issuePlace('acme/app', { env: { ...env, GITHUB_API_URL: 'file:///x' }, address })).toThrow(
      /no address/,
    );
  });

  it('needs a token, and says where it comes from', () => {
    expect(() => issuePlace('acme/app', { env: {}, address })).toThrow(/no token/);
    expect(() => issuePlace(undefined, { env, address })).toThrow(/nobody said/);
  });
});
