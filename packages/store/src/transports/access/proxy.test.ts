import { describe, expect, it } from 'vitest';

import { proxyFor } from './proxy.ts';

const proxyOf = (target: string, env: NodeJS.ProcessEnv, setting?: string) =>
  proxyFor(new URL(target), { env, setting })?.url.host;

describe('the proxy before a server', () => {
  it.each([
    ['https://git.example/x', { HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'http://q:2' }, 'p:1'],
    ['http://git.example/x', { HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'http://q:2' }, 'q:2'],
    ['https://git.example/x', { https_proxy: 'p:1', HTTPS_PROXY: 'q:2' }, 'p:1'],
    ['https://git.example/x', { ALL_PROXY: 'http://p:1' }, 'p:1'],
    ['https://git.example/x', { HTTP_PROXY: 'http://q:2' }, undefined],
    ['https://localhost/x', { ALL_PROXY: 'http://p:1' }, undefined],
    ['https://127.0.0.1:7/x', { ALL_PROXY: 'http://p:1' }, undefined],
    ['https://[::1]:7/x', { ALL_PROXY: 'http://p:1' }, undefined],
  ])('of %s with %o is %s', (target, env, expected) => {
    expect(proxyOf(target, env)).toBe(expected);
  });

  it.each([
    ['*', undefined],
    ['git.example', undefined],
    ['other, .EXAMPLE', undefined],
    ['*.example', undefined],
    ['example other', undefined],
    ['git.example:443', undefined],
    ['git.example:8443', 'p:1'],
    ['it.example', 'p:1'],
    ['git.example.org', 'p:1'],
    ['', 'p:1'],
  ])('is passed by for NO_PROXY=%j: %s', (exceptions, expected) => {
    expect(proxyOf('https://git.example/x', { HTTPS_PROXY: 'http://p:1', NO_PROXY: exceptions })).toBe(expected);
  });

  it.each(['fd00::1', '[fd00::1]', '[fd00::1]:443'])(
    'is passed by for an IPv6 address in NO_PROXY=%s',
    (exceptions) => {
      expect(proxyOf('https://[fd00::1]/x', { HTTPS_PROXY: 'http://p:1', NO_PROXY: exceptions })).toBeUndefined();
      expect(proxyOf('https://[fd00::2]/x', { HTTPS_PROXY: 'http://p:1', NO_PROXY: exceptions })).toBe('p:1');
    },
  );

  it('is the one that Git was told of, or none when Git was told so', () => {
    expect(proxyOf('https://git.example/x', { HTTPS_PROXY: 'http://p:1' }, 'http://g:3')).toBe('g:3');
    expect(proxyOf('https://git.example/x', { HTTPS_PROXY: 'http://p:1' }, '')).toBeUndefined();
    expect(proxyOf('https://git.example/x', { NO_PROXY: 'git.example' }, 'http://g:3')).toBeUndefined();
  });
});
