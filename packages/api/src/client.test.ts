import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ReadModel } from '@gityard/domain';
import { freePort } from '@gityard/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Connection, type FollowYard, followYard } from './client.ts';
import { startApi } from './index.ts';
import { apiOf, handSource, sampleModel } from './testing/world.ts';

describe('client', () => {
  it('brings every snapshot and says that it is live', async () => {
    const source = handSource(sampleModel(1));
    const seen = follow({ url: (await apiOf({ source })).url });

    await expect.poll(seen.sequences).toEqual([1]);
    source.push(sampleModel(2));

    await expect.poll(seen.sequences).toEqual([1, 2]);
    expect(seen.states()).toEqual(['connecting', 'live']);
  });

  it('goes offline and comes back by itself, without hearing the same twice', async () => {
    const source = handSource(sampleModel(1));
    const port = await freePort();
    const first = await apiOf({ source, port });
    const seen = follow({ url: first.url });
    await expect.poll(seen.sequences).toEqual([1]);

    await first.close();
    await expect.poll(seen.state).toBe('offline');
    const second = await startApi({ source, pages: '.', port });
    onTestFinished(() => second.close());

    await expect.poll(seen.state).toBe('live');
    expect(seen.sequences()).toEqual([1]);
  });

  it('is late when not even heartbeats come, live again when they do, and dials anew when they stay away', async () => {
    const silent = await rawServer();
    const seen = follow({ url: silent.url, lateAfterMs: 150 });
    await expect.poll(seen.state).toBe('live');

    await expect.poll(seen.state).toBe('late');
    silent.write(': beat\n\n');
    await expect.poll(seen.state).toBe('live');

    await expect.poll(silent.connections).toBeGreaterThan(1);
    expect(seen.states()).toContain('offline');
  });

  it('is late while the server cannot see the yard itself, and says why', async () => {
    let trouble: string | null = null;
    const source = { ...handSource(sampleModel(1)), trouble: () => trouble };
    const seen = follow({ url: (await apiOf({ source, heartbeatMs: 20 })).url });
    await expect.poll(seen.state).toBe('live');

    trouble = 'the history was rewritten';
    await expect.poll(seen.state).toBe('late');
    expect(seen.reason()).toBe('the history was rewritten');
    trouble = null;
    await expect.poll(seen.state).toBe('live');
    expect(seen.reason()).toBeNull();
  });

  it('keeps what it told when the server sends something unreadable', async () => {
    const server = await rawServer();
    const seen = follow({ url: server.url });
    await expect.poll(seen.state).toBe('live');

    server.write(`event: snapshot\r\nid: 1\r\ndata: ${JSON.stringify(sampleModel(1))}\r\n\r\n`);
    server.write('event: snapshot\nid: 2\ndata: {"yard":\n\n');
    await expect.poll(seen.reason).toContain('cannot be read');

    server.write(`event: snapshot\nid: 3\ndata: ${JSON.stringify(sampleModel(3))}\n\n`);
    await expect.poll(seen.sequences).toEqual([1, 3]);
    expect(seen.reason()).toBeNull();
  });

  it('passes on why the server refuses', async () => {
    const seen = follow({ url: (await apiOf({ maxFollowers: 0 })).url });

    await expect.poll(seen.reason).toContain('as many follow this server');
  });

  it('says nothing after it was stopped', async () => {
    const source = handSource(sampleModel(1));
    const seen = follow({ url: (await apiOf({ source })).url });
    await expect.poll(seen.sequences).toEqual([1]);

    seen.stop();
    await expect.poll(() => source.listeners).toBe(0);

    expect(seen.states()).toEqual(['connecting', 'live']);
  });
});

function follow(options: Pick<FollowYard, 'url'> & Partial<FollowYard>) {
  const models: ReadModel[] = [];
  const connections: Connection[] = [];
  const stop = followYard({
    firstRetryMs: 20,
    onSnapshot: (model) => models.push(model),
    onConnection: (connection) => connections.push(connection),
    ...options,
  });
  onTestFinished(stop);
  return {
    stop,
    sequences: () => models.map((model) => model.sequence),
    states: () => connections.map((connection) => connection.state),
    state: () => connections.at(-1)?.state,
    reason: () => connections.at(-1)?.reason,
  };
}

/** Says exactly what the spec writes, heartbeats included. */
async function rawServer() {
  const open: ServerResponse[] = [];
  const server = createServer((_request, response) => {
    open.push(response);
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': here\n\n');
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    write: (text: string) => open.at(-1)?.write(text),
    connections: () => open.length,
  };
}
