import { beforeEach, describe, expect, it } from 'vitest';

import { loneBackend, refusesUnannounced } from './access/settings.fixture.ts';
import { commit, landed, push, REF, sortOf } from './contract/kit.ts';
import type { HttpBackend } from './http-backend.fixture.ts';
import { openTransport } from './list.ts';

describe('an HTTP server', () => {
  let backend: HttpBackend;
  let env: NodeJS.ProcessEnv;
  beforeEach(async () => {
    const made = await loneBackend();
    ({ backend, env } = made);
    return made.close;
  });
  it('uses one connection for operations that follow each other', async () => {
    const transport = openTransport(backend.url, { env });
    const base = await landed(transport, commit({ 'a.json': '1' }));
    await transport.fetchRef({ ref: REF, have: [] });
    await push(transport, commit({ 'a.json': '2' }, base));
    await transport.readRefs(['refs/']);

    expect(backend.requests).toHaveLength(5);
    expect(backend.connections).toBe(1);
    await transport.close();
  });

  it('is sent one push in vain when it wants pushes announced, and none later', async () => {
    backend.refuse = refusesUnannounced();
    const transport = openTransport(backend.url, { env });
    let base = await landed(transport, commit({ 'a.json': '0' }));
    for (const text of ['1', '2', '3', '4', '5']) base = await landed(transport, commit({ 'a.json': text }, base));

    expect(backend.requests.filter((it) => it.status === 400)).toHaveLength(1);
  });

  it('is sent no push that its announcement shows to be late', async () => {
    backend.refuse = refusesUnannounced();
    const transport = openTransport(backend.url, { env });
    const base = await landed(transport, commit({ 'a.json': '1' }));
    await landed(transport, commit({ 'a.json': '2' }, base));
    backend.requests.length = 0;

    const late = await push(transport, commit({ 'a.json': '3' }, base));

    expect(sortOf(late)).toBe('conflict');
    expect(backend.requests.map((it) => it.method)).toEqual(['GET']);
  });

  it('tells of a push that is refused also when it was announced, and changes its ways for none', async () => {
    backend.refuse = ({ path }) => (path.endsWith('/git-receive-pack') ? 422 : undefined);
    const transport = openTransport(backend.url, { env });

    await expect(push(transport, commit({ 'a.json': '1' }))).rejects.toMatchObject({
      code: 'REMOTE_INVALID',
      message: expect.stringContaining('HTTP 422'),
      mayHaveLanded: false,
    });
    backend.refuse = undefined;
    backend.requests.length = 0;
    await landed(transport, commit({ 'a.json': '1' }));
    expect(backend.requests.map((it) => it.method)).toEqual(['POST']);
  });
});
