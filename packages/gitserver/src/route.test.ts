import { describe, expect, it } from 'vitest';

import { HttpProblem } from './errors.ts';
import { isGitPath, type RequestHead, routeOf } from './route.ts';

const advertise = (url: string, headers = {}): RequestHead => ({ method: 'GET', url, headers });
const statusOf = (request: RequestHead) => {
  const found = routeOf(request);
  return found instanceof HttpProblem ? found.status : 200;
};

describe('route', () => {
  it('reads repository, service, phase and protocol from a request', () => {
    const request = advertise('/yard.git/info/refs?service=git-upload-pack', { 'git-protocol': 'version=2' });

    const route = { repository: 'yard', service: 'git-upload-pack', phase: 'advertise', protocol: 'version=2' };
    expect(routeOf(request)).toEqual(route);
  });

  it.each(['version=3', 'version=2:x', 'version=1\nX=1', ''])('passes no protocol %j on to git', (asked) => {
    const request = advertise('/yard.git/info/refs?service=git-upload-pack', { 'git-protocol': asked });

    expect(routeOf(request)).toMatchObject({ protocol: undefined });
  });

  it.each([
    '/../yard.git/info/refs',
    '/..%2fyard.git/info/refs',
    '/a%2fb.git/info/refs',
    '/a/b.git/info/refs',
    '/%79ard.git/info/refs',
    '//etc.git/info/refs',
    '/a..b.git/info/refs',
    '/-yard.git/info/refs',
    '/.yard.git/info/refs',
    '/YARD.git/info/refs',
    '/yard.git.git/info/refs',
    '/yard.git/../other.git/info/refs',
    '/yard.git/HEAD',
    '/yard.git/objects/info/packs',
    `/${'a'.repeat(101)}.git/info/refs`,
    'http://127.0.0.1/yard.git/info/refs',
    '',
  ])('has nothing at %s', (path) => {
    expect(statusOf(advertise(`${path}?service=git-upload-pack`))).toBe(404);
  });

  it.each(['', '?service=', '?service=git-upload-archive', '?service=upload-pack', '?x=git-upload-pack'])(
    'forbids info/refs%s, so that the dumb protocol is never spoken',
    (query) => {
      expect(statusOf(advertise(`/yard.git/info/refs${query}`))).toBe(403);
    },
  );

  it('forbids services that it does not know', () => {
    expect(statusOf({ method: 'POST', url: '/yard.git/git-upload-archive', headers: {} })).toBe(403);
  });

  it('names the right method when the wrong one is used', () => {
    const refs = routeOf({ method: 'POST', url: '/yard.git/info/refs?service=git-upload-pack', headers: {} });
    const call = routeOf({ method: 'GET', url: '/yard.git/git-receive-pack', headers: {} });

    expect(refs).toMatchObject({ status: 405, headers: { Allow: 'GET' } });
    expect(call).toMatchObject({ status: 405, headers: { Allow: 'POST' } });
  });

  it.each([undefined, 'text/plain', 'application/x-git-upload-pack-request'])(
    'takes no push of content type %s',
    (type) => {
      const headers = type ? { 'content-type': type } : {};

      expect(statusOf({ method: 'POST', url: '/yard.git/git-receive-pack', headers })).toBe(415);
    },
  );

  it('leaves every path that is not for Git to others', () => {
    expect(['/', '/api/v1/builds', '/gitx', '/docs/a.git/info/refs'].filter(isGitPath)).toEqual([]);
    expect(['/yard.git', '/yard.git/HEAD', '/a%2fb.git/info/refs?x'].filter((it) => !isGitPath(it))).toEqual([]);
  });
});
