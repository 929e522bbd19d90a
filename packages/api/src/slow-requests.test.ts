import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Api } from './index.ts';
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

/** Everything that the server says until it ends the connection. */
async function said(api: Api, beginning: string): Promise<string> {
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  socket.write(beginning);
  return (await socket.toArray()).join('');
}
