import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Api } from '../index.ts';
import { apiOf, ask, handSource, sampleModel } from '../testing/world.ts';

describe('events', () => {
  it('sends the snapshot at once, then every new one', async () => {
    const source = handSource(sampleModel(1));
    const events = await eventsOf(await apiOf({ source }));

    await expect.poll(events.text).toContain('id: 1');
    source.push(sampleModel(2));

    await expect.poll(events.text).toMatch(/event: snapshot\nid: 2\ndata: \{.*"sequence":2.*\}\n\n/);
  });

  it('does not repeat what a returning reader has seen', async () => {
    const source = handSource(sampleModel(4));
    const events = await eventsOf(await apiOf({ source, heartbeatMs: 10 }), { 'last-event-id': '4' });

    await expect.poll(events.text).toContain(': beat');
    expect(events.text()).not.toContain('event:');
    source.push(sampleModel(5));

    await expect.poll(events.text).toContain('id: 5');
  });

  it('turns away more readers than it serves, and takes the next when one has left', async () => {
    const source = handSource(sampleModel(1));
    const api = await apiOf({ source, maxFollowers: 1 });
    const first = await eventsOf(api);
    await expect.poll(() => source.listeners).toBe(1);

    expect(await ask(api, '/api/v1/events')).toMatchObject({ status: 503, headers: { 'retry-after': '30' } });
    first.leave();
    await expect.poll(() => source.listeners).toBe(0);

    await expect.poll((await eventsOf(api)).text).toContain('id: 1');
  });

  it('leaves room for others, however often one follows', async () => {
    const source = handSource(sampleModel(1));
    const tokens = tokensOf('ann', 'bob');
    const api = await apiOf({ source, tokens, maxFollowers: 8 });
    const by = (name: string) => ({ authorization: `Bearer ${name}` });
    await eventsOf(api, by('ann'));
    await eventsOf(api, by('ann'));

    const third = await ask(api, '/api/v1/events', { headers: by('ann') });

    expect(third).toMatchObject({ status: 429, headers: { 'retry-after': '30' } });
    expect(third.body).toContain('2 times already');
    await expect.poll((await eventsOf(api, by('bob'))).text).toContain('id: 1');
  });

  it('ends when the token is no good any more that opened it, and no other', async () => {
    const source = handSource(sampleModel(1));
    const tokens = tokensOf('ann', 'bob');
    const api = await apiOf({ source, tokens, heartbeatMs: 10 });
    await eventsOf(api, { authorization: 'Bearer ann' });
    const staying = await eventsOf(api, { authorization: 'Bearer bob' });

    tokens.good.delete('ann');

    await expect.poll(() => source.listeners).toBe(1);
    source.push(sampleModel(2));
    await expect.poll(staying.text).toContain('id: 2');
  });

  it('keeps only the newest for a reader that takes nothing, and lets it go after a while', async () => {
    const source = handSource();
    const api = await apiOf({ source, heartbeatMs: 50, patience: { stuckMs: 200 } });
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname);
    socket.pause().on('error', () => socket.destroy());
    socket.write(`GET /api/v1/events HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
    onTestFinished(() => void socket.destroy());
    await expect.poll(() => source.listeners).toBe(1);

    const big = { ...sampleModel(9), by: 'x'.repeat(8_000_000) };
    for (let sequence = 10; sequence < 20; sequence++) source.push({ ...big, sequence });

    await expect.poll(() => source.listeners).toBe(0);
  });
});

/** Each token is the name of its holder. */
function tokensOf(...names: string[]) {
  const good = new Set(names);
  const refused = async () => ({ ok: false, code: 'NOT_FOUND', reason: 'there is none here' }) as const;
  const role = 'Developer' as const;
  const read = async (id: string) =>
    good.has(id) ? { id, subject: id, role, namespaces: [], expiresAt: '2099-01-01T00:00:00Z' } : undefined;
  return { good, read, list: () => [], issue: refused, revoke: refused };
}

async function eventsOf(api: Api, headers: Record<string, string> = {}) {
  const leaving = new AbortController();
  const response = await fetch(`${api.url}/api/v1/events`, { headers, signal: leaving.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  let seen = '';
  const reading = (async () => {
    for await (const piece of response.body ?? []) seen += Buffer.from(piece).toString();
  })();
  // Leaving is the reader's own wish, so the abort that it ends with is no failure.
  reading.catch(() => undefined);
  onTestFinished(() => leaving.abort());
  return { text: () => seen, leave: () => leaving.abort() };
}
