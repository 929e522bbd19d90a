import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { buildAttempt } from '../attempt.ts';
import { bareRepository, declinePushes, pushByHand, temporaryFolder } from '../git.fixture.ts';
import { type TransportWorld, transportContract } from './contract.ts';
import { type HttpBackend, startHttpBackend } from './http-backend.fixture.ts';
import type { HttpOptions } from './http-channel.ts';
import { openTransport } from './list.ts';

transportContract('git http-backend', () => makeWorld({ wantRef: true }));
transportContract('git http-backend, with filter and without want-ref', () =>
  makeWorld({ wantRef: false, filter: true }),
);

async function makeWorld(options: { wantRef: boolean; filter?: boolean }): Promise<TransportWorld> {
  const folder = await temporaryFolder();
  const path = await bareRepository(folder.path, options);
  const backend = await startHttpBackend(folder.path);
  return {
    connect: () => openTransport(backend.url),
    pushByHand: (ref, file, text) => pushByHand(path, ref, { [file]: text }),
    decline: (text) => declinePushes(path, text),
    async loseNextReply() {
      backend.onPush = loseReply;
    },
    async close() {
      await backend.close();
      await folder.remove();
    },
  };
}

async function loseReply(response: ServerResponse, forward: () => Promise<void>): Promise<void> {
  await forward();
  response.destroy();
}

describe('the HTTP channel', () => {
  let backend: HttpBackend;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeEach(async () => {
    folder = await temporaryFolder();
    await bareRepository(folder.path);
    backend = await startHttpBackend(folder.path);
  });
  afterEach(async () => {
    await backend.close();
    await folder.remove();
  });

  it('sends credentials as a header and shows them nowhere', async () => {
    const address = backend.url.replace('http://', 'http://ada:s3cret@');
    const transport = openTransport(address);
    backend.onAny = (response) => void response.writeHead(403).end();

    const error = await transport.readRefs(['refs/']).catch((it: unknown) => it);

    expect(backend.requests[0]?.authorization).toBe(`Basic ${Buffer.from('ada:s3cret').toString('base64')}`);
    expect(transport.name).toBe(backend.url);
    expect(`${error} ${JSON.stringify(error)}`).not.toContain('s3cret');
  });

  it('sends a token as the password', async () => {
    await openTransport(backend.url, { token: 'abc' }).readRefs(['refs/']);

    expect(backend.requests[0]?.authorization).toBe(`Basic ${Buffer.from('x-access-token:abc').toString('base64')}`);
  });

  it.each([
    [401, {}, { code: 'DENIED' }],
    [403, {}, { code: 'DENIED' }],
    [404, {}, { code: 'REMOTE_INVALID', message: expect.stringContaining('not found or no access') }],
    [429, { 'Retry-After': '7' }, { code: 'RATE_LIMITED', retryAfterMs: 7_000 }],
    [503, { 'Retry-After': '1' }, { code: 'RATE_LIMITED', retryAfterMs: 1_000 }],
    [
      302,
      { Location: 'https://login.example/?state=s' },
      { message: expect.stringMatching(/moved to https:\/\/login.example\/$/) },
    ],
    [200, { 'Content-Type': 'text/html' }, { code: 'REMOTE_INVALID' }],
    [500, {}, { code: 'REMOTE_UNREACHABLE' }],
  ])('says what HTTP %i %o means', async (status, headers, expected) => {
    backend.onAny = (response) => void response.writeHead(status, headers).end('<html>');

    await expect(openTransport(backend.url).readRefs(['refs/'])).rejects.toMatchObject({
      name: 'StoreError',
      ...expected,
    });
  });

  it.each([
    ['a page that calls itself a success', (response: ServerResponse) => void response.writeHead(200).end('<html>')],
    ['a gateway that failed', (response: ServerResponse) => void response.writeHead(502).end()],
    ['half an answer', halfAnAnswer],
    ['an empty answer', (response: ServerResponse) => void response.writeHead(200, RESULT).end()],
  ])('calls a push unclear after %s', async (_, misbehave) => {
    backend.onPush = misbehave;

    expect(await pushSomething(backend.url)).toMatchObject({ kind: 'unclear' });
  });

  it.each([401, 403, 404, 413, 429])('knows that nothing was changed after HTTP %i', async (status) => {
    backend.onPush = (response) => void response.writeHead(status).end();

    await expect(pushSomething(backend.url)).rejects.toMatchObject({ name: 'StoreError', mayHaveLanded: false });
  });

  it('knows that nothing was sent when nobody listens', async () => {
    await backend.close();

    await expect(pushSomething(backend.url)).rejects.toMatchObject({
      code: 'REMOTE_UNREACHABLE',
      mayHaveLanded: false,
    });
  });

  it('gives up on a server that is silent, and calls a push to it unclear', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const url = `http://127.0.0.1:${port}/yard.git`;

    await expect(openTransport(url, { idleMs: 50 }).readRefs(['refs/'])).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(await pushSomething(url, { idleMs: 50 })).toMatchObject({ kind: 'unclear' });
    // This time may be over before the connection stands, where the machine is busy.
    await expect(openTransport(url, { totalMs: 50 }).readRefs(['refs/'])).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:TIMEOUT|REMOTE_UNREACHABLE)$/),
      message: expect.stringContaining('it took too long'),
    });
    silent.close();
  });

  it('asks once what the server can do, and then needs one request for the head', async () => {
    const transport = openTransport(backend.url);
    await transport.readRefs(['refs/']);
    backend.requests.length = 0;

    await transport.readRefs(['refs/heads/yard']);

    expect(backend.requests.map((it) => it.method)).toEqual(['POST']);
    expect(backend.requests[0]?.bytes).toBeLessThan(120);
  });
});

it.each(['yard', 'refs/heads/a b', 'refs/heads/x\n0000', 'refs/heads/../x', 'refs/heads/x.lock'])(
  'asks for no ref called %j',
  async (ref) => {
    await expect(
      openTransport('http://127.0.0.1:1/').push({ updates: [{ ref, expected: null, next: null }], objects: [] }),
    ).rejects.toThrow('no name of a ref');
  },
);

it.each(['svn://host/yard.git', 'ext::sh -c true', ''])('has no transport for %j', (address) => {
  expect(() => openTransport(address)).toThrow(
    expect.objectContaining({ code: 'REMOTE_INVALID', hint: expect.stringContaining('file://') }),
  );
});

const RESULT = { 'Content-Type': 'application/x-git-receive-pack-result' };

function halfAnAnswer(response: ServerResponse): void {
  response.writeHead(200, { ...RESULT, 'Content-Length': 100 });
  response.write('0030\x01000eunpack ok\n', () => response.destroy());
}

async function pushSomething(url: string, options: HttpOptions = {}) {
  const draft = {
    edits: [{ path: 'a', content: Buffer.from('1') }],
    message: 'a',
    author: { name: 'a', email: 'a@b' },
  };
  const { snapshot, objects } = buildAttempt(draft, {
    base: undefined,
    history: 'kept',
    wallMs: 0,
    quick: () => undefined,
  });
  const updates = [{ ref: 'refs/heads/yard', expected: null, next: snapshot.commit }];
  return openTransport(url, options).push({ updates, objects });
}
