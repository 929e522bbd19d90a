import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startApi } from './start-api.ts';
import { apiOf, ask, handSource, sampleModel } from './testing/world.ts';

describe('start-api', () => {
  it('listens on this machine alone, unless told otherwise', async () => {
    const api = await apiOf({});

    expect(api.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const open = { source: handSource(), pages: '.', host: '0.0.0.0' };
    await expect(startApi(open)).rejects.toMatchObject({ code: 'POLICY' });
    await expect(startApi({ ...open, allowRemote: { hosts: ['yard.example'] } })).rejects.toMatchObject({
      code: 'POLICY',
      message: expect.stringContaining('without TLS'),
    });
  });

  it('listens for others when that is allowed, and answers to the names given', async () => {
    const api = await apiOf({ host: '0.0.0.0', allowRemote: { hosts: ['Yard.example'], unencrypted: true } });

    expect((await ask(api, '/healthz', { headers: { host: 'yard.example:7420' } })).status).toBe(200);
    expect((await ask(api, '/healthz', { headers: { host: '192.0.2.7:7420' } })).status).toBe(200);
    expect((await ask(api, '/healthz', { headers: { host: 'evil.example' } })).status).toBe(403);
  });

  it('says which port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;

    const start = startApi({ source: handSource(), pages: '.', port });

    await expect(start).rejects.toMatchObject({ code: 'USAGE', message: expect.stringContaining(`127.0.0.1:${port}`) });
    const elsewhere = { host: '203.0.113.9', allowRemote: { hosts: ['a'], unencrypted: true } };
    await expect(startApi({ source: handSource(), pages: '.', ...elsewhere })).rejects.toMatchObject({
      message: expect.stringContaining('another address'),
    });
  });

  it('lets the mounted handler answer first, with the body as it was sent', async () => {
    const api = await apiOf({
      mount: (request, response) => {
        if (!request.url?.startsWith('/git/')) return false;
        request.pipe(response);
        return true;
      },
    });

    const pushed = await ask(api, '/git/yard.git/git-receive-pack', { method: 'POST', body: 'x'.repeat(200_000) });

    expect(pushed.body).toHaveLength(200_000);
    expect((await ask(api, '/healthz')).status).toBe(200);
  });

  it('does not let a stranger’s page reach the mounted handler', async () => {
    const api = await apiOf({ mount: () => expect.unreachable('the guard comes first') });

    const answer = await ask(api, '/git/yard.git/git-receive-pack', {
      method: 'POST',
      headers: { origin: 'https://evil.example' },
    });

    expect(answer.status).toBe(403);
  });

  it('closes at once though people follow it', async () => {
    const source = handSource(sampleModel(1));
    const api = await apiOf({ source });
    const following = ask(api, '/api/v1/events');
    await expect.poll(() => source.listeners).toBe(1);

    await api.close();

    expect((await following).body).toContain('event: snapshot');
    await expect.poll(() => source.listeners).toBe(0);
  });

  it('closes at once though a browser has opened connections ahead of need', async () => {
    const api = await apiOf({});
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname);
    onTestFinished(() => void socket.destroy());
    await new Promise((resolve) => socket.once('connect', resolve));
    const ended = new Promise((resolve) => socket.once('close', resolve));
    const before = performance.now();

    await api.close();
    await ended;

    expect(performance.now() - before).toBeLessThan(2_000);
  });

  it('answers what is under way before it closes', async () => {
    const asked: ServerResponse[] = [];
    const api = await apiOf({ mount: (_request, response) => asked.push(response) > 0 });
    const answer = ask(api, '/git/slow');
    await expect.poll(() => asked.length).toBe(1);

    const closed = api.close();
    asked[0]?.end('whole');

    expect((await answer).body).toBe('whole');
    await closed;
  });
});
