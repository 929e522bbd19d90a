/** The link of a window to a real server that shows its yard to nobody it does not know. */
import { randomBytes } from 'node:crypto';
import { type SnapshotSource, startApi } from '@gityard/api';
import { noon, world } from '@gityard/domain/spec';
import { freePort } from '@gityard/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { modelOf } from '../testing/models.fixture.ts';
import { type LinkTo, YardLink } from './yard-link.ts';

const SOURCE: SnapshotSource = {
  current: () => modelOf(world().agent('mac').beat('mac').state, noon),
  subscribe: () => () => undefined,
};

async function served(options: { readonly port?: number } = {}) {
  const key = randomBytes(8).toString('hex');
  const api = await startApi({ source: SOURCE, pages: '.', key, open: false, ...options });
  onTestFinished(() => api.close());
  return { ...api, key };
}

function linkTo(to: LinkTo): YardLink {
  const link = new YardLink(to, () => undefined);
  onTestFinished(() => link.close());
  return link;
}

describe('yard-link', () => {
  it('is told that it is asked who it is, and by a wrong key or token as well', async () => {
    const { url } = await served();

    const links = [linkTo({ url }), linkTo({ url, key: 'not-the-key' }), linkTo({ url, token: 'a.b.c' })];

    for (const link of links) await expect.poll(() => link.connection.kind).toBe('denied');
    expect(links[0]?.connection.reason).toBeTruthy();
  });

  it('sees the yard with the key of the printed address', async () => {
    const { url, key } = await served();

    const link = linkTo({ url, key });

    await expect.poll(() => link.model?.agents.map(({ id }) => id)).toEqual(['mac']);
    expect(link.connection).toEqual({ kind: 'live', reason: null });
    expect((await link.call('readSnapshot', {})).sequence).toBe(7);
  });

  it('keeps what it has seen when the server goes away, and opens a new session where it was started anew', async () => {
    const port = await freePort();
    const first = await served({ port });
    const link = linkTo(first);
    await expect.poll(() => link.connection.kind).toBe('live');

    await first.close();
    await expect.poll(() => link.connection.kind).toBe('offline');

    expect(link.model?.agents).toHaveLength(1);
    const again = await startApi({ source: SOURCE, pages: '.', key: first.key, open: false, port });
    onTestFinished(() => again.close());
    await expect.poll(() => link.connection.kind).toBe('live');
  });

  it('shows a key that is not taken once, however often it calls', async () => {
    const { url } = await served();
    const tries: string[] = [];
    const { fetch } = globalThis;
    onTestFinished(() => {
      globalThis.fetch = fetch;
    });
    globalThis.fetch = (address, init) => {
      tries.push(`${address}`);
      return fetch(address, init);
    };
    const link = linkTo({ url, key: 'not-the-key' });

    for (let calls = 0; calls < 3; calls++) await expect(link.call('readSnapshot', {})).rejects.toThrow();

    expect(tries.filter((it) => it.endsWith('/session'))).toHaveLength(1);
  });

  it('shows no proof to a server that others could listen to', async () => {
    const asked: Headers[] = [];
    const { fetch } = globalThis;
    onTestFinished(() => {
      globalThis.fetch = fetch;
    });
    globalThis.fetch = async (_, init) => {
      asked.push(new Headers(init?.headers));
      throw new TypeError('fetch failed');
    };

    for (const proof of [{ token: 'a.b.c' }, { key: 'key' }]) linkTo({ url: 'http://yard.example', ...proof });

    await expect.poll(() => asked.length).toBe(2);
    expect(asked.flatMap((it) => [it.get('authorization'), it.get('cookie')])).toEqual([null, null, null, null]);
  });
});
