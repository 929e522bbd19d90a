import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../temporary.ts';
import { startGithubServer } from './github-server.ts';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

describe('the fake GitHub', () => {
  it('tells of whatever GitHub’s own description does not allow', async () => {
    const server = await startGithubServer({ root: folder.path });
    const ask = (path: string, body?: unknown) =>
      fetch(`${server.address.replace('github+', '').replace('/acme', '/api/v3/repos/acme')}${path}`, {
        headers: { authorization: `Bearer ${server.token}` },
        ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      });

    await ask('/git/wishes');
    await ask('/git/ref/heads/none?limit=5');
    await ask('/git/blobs', { content: '', text: '' });

    await expect(server.close()).rejects.toThrow(/git\/wishes: no such endpoint.*no parameter limit.*no field text/s);
  });
});
