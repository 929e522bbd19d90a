import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { world } from '@gityard/domain/spec';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Api } from './index.ts';
import { handBuilds } from './testing/builds.ts';
import { apiOf, ask } from './testing/world.ts';

/** So short that a spec can wait for it, and the server's next look at its connections. */
const patience = { headMs: 100, wholeMs: 200 };

describe('a request that comes too slowly', () => {
  it.each([
    ['in its head', 'GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-slow: '],
    ['in its body', 'POST /api/v1/session HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{"key":'],
  ])('is ended by the server: %s', async (_, beginning) => {
    const api = await apiOf({ patience });

    const answer = await said(api, beginning);

    expect(answer).toMatch(/^HTTP\/1\.1 (408 Request Timeout|403 Forbidden)\r\n/);
    // A busy machine may be that slow itself, once.
    await expect.poll(async () => (await ask(api, '/healthz')).status).toBe(200);
  });

  it('is ended also where it may take its time to be let in', async () => {
    const api = await apiOf({ patience, key: 'key' });
    const page = `host: localhost\r\norigin: http://localhost\r\nx-gityard-page: 1\r\ncontent-type: application/json\r\n`;

    const answer = await said(api, `POST /api/v1/session HTTP/1.1\r\n${page}content-length: 100\r\n\r\n{"key":`);

    expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(answer).toContain('"code":"TIMEOUT"');
  });
});

describe('an answer that nobody takes', () => {
  it('is ended, and with it the reading of what it is made from', async () => {
    let isReading = true;
    const endless = async function* () {
      try {
        for (let first = 1; ; first += 1) yield { log: 'l', first, lines: ['x'.repeat(100_000)] };
      } finally {
        isReading = false;
      }
    };
    const { builds } = handBuilds({ state: world().job('b1').state });
    const api = await apiOf({ builds: { ...builds, log: endless }, patience: { stuckMs: 200 } });
    const socket = connectTo(api);
    onTestFinished(() => void socket.destroy());
    socket.pause().on('error', () => socket.destroy());

    socket.write('GET /api/v1/builds/b1/logs HTTP/1.1\r\nhost: localhost\r\n\r\n');

    await expect.poll(() => isReading).toBe(false);
  });

  it('is not made for hundreds of requests that one connection sends at once, and is for a few', async () => {
    let begun = 0;
    const mount = (_: unknown, response: ServerResponse) => {
      begun += 1;
      response.end('ok');
      return true;
    };
    const api = await apiOf({ mount });
    const request = 'GET / HTTP/1.1\r\nhost: localhost\r\n';
    const sent = async (times: number) => {
      const socket = connectTo(api).on('error', () => undefined);
      socket.write(`${`${request}\r\n`.repeat(times - 1)}${request}connection: close\r\n\r\n`);
      const answer = await socket.toArray().catch(() => []);
      return answer.join('').split('HTTP/1.1 200').length - 1;
    };

    expect(await sent(5)).toBe(5);
    await sent(500);
    expect(begun).toBeLessThan(100);
  });

  it('is none of those that have nothing to say for a while', async () => {
    const api = await apiOf({ patience: { stuckMs: 20 }, mount: (_, response) => later(response) });
    const later = (response: ServerResponse): true => {
      response.write('first, ');
      setTimeout(() => response.end('then the rest'), 200);
      return true;
    };

    expect((await ask(api, '/anything')).body).toBe('first, then the rest');
  });
});

function connectTo(api: Api): Socket {
  const { hostname, port } = new URL(api.url);
  return connect(Number(port), hostname).setEncoding('utf8');
}

/** Everything that the server says until it ends the connection. */
async function said(api: Api, beginning: string): Promise<string> {
  const socket = connectTo(api);
  socket.write(beginning);
  return (await socket.toArray()).join('');
}
