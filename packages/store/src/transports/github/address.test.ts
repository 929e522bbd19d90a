import { expect, it } from 'vitest';

import { openTransport } from '../list.ts';
import { parseGithubAddress } from './address.ts';

const PUBLIC = {
  name: 'github:acme/yard',
  restUrl: 'https://api.github.com/repos/acme/yard',
  graphqlUrl: 'https://api.github.com/graphql',
};

it.each(['github:acme/yard', 'github:acme/yard.git/', 'github://acme/yard', 'GitHub+https://github.com/acme/yard'])(
  '%j is a repository of github.com',
  (address) => {
    expect(parseGithubAddress(address)).toMatchObject(PUBLIC);
  },
);

it('knows where an Enterprise server has its API', () => {
  expect(parseGithubAddress('github+https://git.example.com:8443/acme/yard')).toEqual({
    name: 'github+https://git.example.com:8443/acme/yard',
    owner: 'acme',
    repository: 'yard',
    restUrl: 'https://git.example.com:8443/api/v3/repos/acme/yard',
    graphqlUrl: 'https://git.example.com:8443/api/graphql',
  });
});

it.each([
  ['github:acme', 'github:owner/repository'],
  ['github:acme/yard/tree/main', 'github:owner/repository'],
  ['github:acme/..', 'github:owner/repository'],
  ['github:acme/ya rd', 'github:owner/repository'],
  ['github+https://token@git.example.com/acme/yard', 'the token is given apart'],
  ['github+http://git.example.com/acme/yard', 'by https only'],
])('refuses %j before anything is sent', (address, why) => {
  expect(() => openTransport(address, { token: 'x' })).toThrow(
    expect.objectContaining({ code: 'REMOTE_INVALID', message: expect.stringContaining(why) }),
  );
});

it('wants a token, and says which', () => {
  expect(() => openTransport('github:acme/yard')).toThrow(
    expect.objectContaining({ code: 'DENIED', hint: expect.stringContaining('GITHUB_TOKEN') }),
  );
});
