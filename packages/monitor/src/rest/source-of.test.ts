import { describe, expect, it } from 'vitest';
import { sourceOf } from './source-of.ts';

const GITHUB = 'https://api.github.com';
const ENTERPRISE = 'https://git.example:8443/api/v3';
const GITEA = 'https://gitea.example/code/api/v1/';
const APP = { owner: 'acme', repo: 'app' };

describe('the repository of a host that an address means', () => {
  it.each([
    ['https://github.com/acme/app', GITHUB],
    ['https://github.com/acme/app.git', GITHUB],
    ['https://github.com/acme/app/', GITHUB],
    ['git@github.com:acme/app.git', GITHUB],
    ['ssh://git@github.com/acme/app', GITHUB],
    ['git@GitHub.com:acme/app', GITHUB],
    ['https://acme.ghe.com/acme/app', 'https://api.acme.ghe.com'],
    ['https://git.example:8443/acme/app', ENTERPRISE],
    ['https://gitea.example/code/acme/app', GITEA],
    ['git@gitea.example:acme/app.git', GITEA],
  ])('%s is acme/app at %s', (repository, apiUrl) => {
    expect(sourceOf(repository, apiUrl)).toEqual(APP);
  });

  it.each([
    ['https://github.com.evil.example/acme/app', GITHUB],
    ['https://evil.example/github.com/acme/app', GITHUB],
    ['https://github.com@evil.example/acme/app', GITHUB],
    ['https://git.example/acme/app', ENTERPRISE],
    ['https://ghe.com/acme/app', 'https://api.acme.ghe.com'],
    ['https://github.com/acme/app/tree/main', GITHUB],
    ['https://github.com/../app', GITHUB],
    ['https://github.com/acme/..', GITHUB],
    ['https://github.com/acme', GITHUB],
    ['git@github.com:acme/app/../../x', GITHUB],
    ['file:///github.com/acme/app', GITHUB],
    ['/srv/acme/app', GITHUB],
    ['C:\\acme\\app', GITHUB],
  ])('%s is none of %s', (repository, apiUrl) => {
    expect(sourceOf(repository, apiUrl)).toBeUndefined();
  });
});
