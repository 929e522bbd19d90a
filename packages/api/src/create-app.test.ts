import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { apiOf, ask, handSource } from './testing/world.ts';

describe('create-app', () => {
  it('refuses names that strangers let point here, and pages of other sites', async () => {
    const api = await apiOf({});
    const { host } = new URL(api.url);
    const statusWith = async (headers: Record<string, string>) =>
      (await ask(api, '/api/v1/snapshot', { headers })).status;

    expect(await statusWith({ host: 'rebound.example' })).toBe(403);
    expect(await statusWith({ host: `evil.example@${host}` })).toBe(403);
    expect(await statusWith({ host: '192.0.2.7' })).toBe(403);
    expect(await statusWith({ origin: 'https://evil.example' })).toBe(403);
    expect(await statusWith({ origin: 'null' })).toBe(403);
    expect(await statusWith({ origin: 'http://localhost:1' })).toBe(403);
    expect(await statusWith({ host, origin: `http://${host}` })).toBe(200);
    expect(await statusWith({ host: 'localhost:9999' })).toBe(200);
    expect(await statusWith({ host: '[::1]:9999' })).toBe(200);
  });

  it('refuses what names two hosts, and what a proxy passes on to a server of its own machine', async () => {
    const [own, remote] = [await apiOf({}), await apiOf({ allowRemote: { hosts: ['yard.example'] } })];
    const passedOn = { headers: { host: 'localhost', 'x-forwarded-for': '192.0.2.7' } };
    const { hostname, port } = new URL(own.url);
    const answerTo = async (request: string) => {
      const socket = connect(Number(port), hostname).setEncoding('utf8');
      socket.end(request);
      return (await socket.toArray()).join('').split('\r\n')[0];
    };

    expect(await answerTo('GET /healthz HTTP/1.1\r\nhost: localhost\r\nhost: localhost\r\n\r\n')).toMatch(/ 403 /);
    expect(await answerTo('GET http://evil.example/healthz HTTP/1.1\r\nhost: localhost\r\n\r\n')).toMatch(/ 403 /);
    expect(await answerTo('GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n')).toMatch(/ 200 /);
    expect((await ask(own, '/api/v1/snapshot', passedOn)).body).toContain('--allow-host');
    expect((await ask(remote, '/api/v1/snapshot', passedOn)).status).toBe(200);
  });

  it('does nothing for what another site puts into its page, and follows a link that stands there', async () => {
    const api = await apiOf({ maxFollowers: 1 });
    const from = (site: string, mode: string, destination: string) => ({
      headers: { 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': destination },
    });

    expect((await ask(api, '/api/v1/events', from('cross-site', 'no-cors', 'empty'))).status).toBe(403);
    // Another port of this machine is the same site to a browser.
    expect((await ask(api, '/api/v1/snapshot', from('same-site', 'no-cors', 'image'))).status).toBe(403);
    expect((await ask(api, '/', from('cross-site', 'navigate', 'iframe'))).status).toBe(403);
    expect((await ask(api, '/', from('cross-site', 'navigate', 'document'))).status).toBe(200);
    expect((await ask(api, '/api/v1/snapshot', from('same-origin', 'cors', 'empty'))).status).toBe(200);
    expect((await ask(api, '/', from('none', 'navigate', 'document'))).status).toBe(200);
  });

  it('answers every error as a problem, with the security headers of every other answer', async () => {
    const api = await apiOf({});
    const missing = await ask(api, '/api/v1/nothing');
    const forbidden = await ask(api, '/', { headers: { host: 'rebound.example' } });
    const malformed = await ask(api, '/%zz');
    const overlong = await ask(api, `/${'x'.repeat(20_000)}`);

    for (const [answer, status] of [
      [missing, 404],
      [forbidden, 403],
      [malformed, 400],
      [overlong, 431],
    ] as const) {
      expect(answer.status).toBe(status);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(JSON.parse(answer.body)).toMatchObject({
        type: 'about:blank',
        status,
        code: expect.any(String),
        detail: expect.any(String),
      });
    }
    expect(JSON.parse((await ask(api, '/api/v1/nothing?signature=s')).body).instance).toBe('/api/v1/nothing');
    for (const answer of [missing, forbidden, overlong, await ask(api, '/'), await ask(api, '/api/v1/snapshot')]) {
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['referrer-policy']).toBe('no-referrer');
    }
  });

  it('answers what is no request at all, and goes on', async () => {
    const api = await apiOf({});
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname).setEncoding('utf8');
    socket.write('hello?\r\n\r\n');

    const answer = (await socket.toArray()).join('');

    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[\s\S]*application\/problem\+json/);
    expect(JSON.parse(body)).toMatchObject({ status: 400, code: 'USAGE' });
    expect((await ask(api, '/')).status).toBe(200);
  });

  it('answers as a problem also what HTTP itself forbids, and addresses that lead out of the pages', async () => {
    const { hostname, port } = new URL((await apiOf({})).url);
    const answerTo = async (request: string) => {
      const socket = connect(Number(port), hostname).setEncoding('utf8');
      socket.end(request);
      const [head = '', body = ''] = (await socket.toArray()).join('').split('\r\n\r\n');
      expect(head).toMatch(/content-type: application\/problem\+json/i);
      return /"status":(\d+),"code":"(\w+)"/.exec(body)?.slice(1);
    };
    const host = 'host: localhost\r\nconnection: close';

    expect(await answerTo('GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n')).toEqual(['400', 'USAGE']);
    expect(await answerTo(`GET /healthz HTTP/1.1\r\n${host}\r\nexpect: tea\r\n\r\n`)).toEqual(['417', 'USAGE']);
    expect(await answerTo(`GET //evil.example/ HTTP/1.1\r\n${host}\r\n\r\n`)).toEqual(['404', 'NOT_FOUND']);
  });

  it('only lets read, and does not parse what it will not take', async () => {
    const api = await apiOf({});

    const written = await ask(api, '/api/v1/snapshot', {
      method: 'POST',
      headers: { 'content-type': 'text/strange' },
      body: '{',
    });

    expect(written.status).toBe(405);
    expect(written.headers.allow).toBe('GET, HEAD');
    expect((await ask(api, '/', { method: 'DELETE' })).status).toBe(405);
    expect((await ask(api, '/api/v1/events', { method: 'HEAD' })).status).toBe(200);
    expect((await ask(api, '/api/v1/snapshot', { method: 'HEAD' })).status).toBe(200);
  });

  it('tells its owner what went wrong inside, and whoever asked that something did', async () => {
    const faults: string[] = [];
    const source = { ...handSource(), current: () => expect.unreachable('a secret of the program') };
    const api = await apiOf({ source, onFault: ({ message }) => void faults.push(message) });

    const answer = await ask(api, '/api/v1/snapshot');
    await ask(api, '/api/v1/nothing');

    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain('secret');
    expect(faults).toEqual([expect.stringContaining('a secret of the program')]);
  });

  it('turns away headers that are too large', async () => {
    const api = await apiOf({});

    const answer = await ask(api, '/healthz', { headers: { 'x-large': 'x'.repeat(20_000) } });

    expect(answer.status).toBe(431);
  });

  it('serves the dashboard: the page fresh, its hashed files for ever, nothing outside', async () => {
    const api = await apiOf({});
    const page = await ask(api, '/');
    const script = await ask(api, '/assets/app-1a2b.js');

    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers['cache-control']).toBe('no-cache');
    expect(script.headers['content-type']).toContain('javascript');
    expect(script.headers['cache-control']).toContain('immutable');
    expect((await ask(api, '/../../etc/passwd')).status).toBeGreaterThanOrEqual(400);
    expect((await ask(api, '/%2e%2e/%2e%2e/etc/passwd')).status).toBeGreaterThanOrEqual(400);
  });

  it('has an API even when no dashboard was built', async () => {
    const api = await apiOf({ pages: '/nowhere/at/all' });

    expect((await ask(api, '/')).status).toBe(404);
    expect((await ask(api, '/api/v1/snapshot')).status).toBe(200);
  });
});
