import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

import { bareRepository, declinePushes, pushByHand, temporaryFolder } from '../git.fixture.ts';
import { type TransportWorld, transportContract } from './contract.ts';
import { openTransport } from './list.ts';

// What git does when nobody hears its answer is the same here as over HTTP, and told by that one's specs.
const without = ['loseNextReply'] as const;
transportContract('a folder', () => makeWorld({ wantRef: true }), { without });
transportContract('a folder, without want-ref', () => makeWorld({ wantRef: false }), { without });

async function makeWorld(options: { wantRef: boolean }): Promise<TransportWorld> {
  const folder = await temporaryFolder();
  const path = await bareRepository(folder.path, options);
  return {
    connect: () => openTransport(options.wantRef ? path : pathToFileURL(path).href),
    pushByHand: (ref, file, text) => pushByHand(path, ref, { [file]: text }),
    decline: (text) => declinePushes(path, text),
    close: folder.remove,
  };
}

it('says what is wrong with a folder that is missing or holds no repository', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder.path, 'empty'));

  const missing = openTransport(join(folder.path, '--upload-pack=touch x')).readRefs(['refs/']);
  const empty = openTransport(join(folder.path, 'empty')).readRefs(['refs/']);

  await expect(missing).rejects.toMatchObject({
    code: 'REMOTE_INVALID',
    message: expect.stringContaining('is no folder'),
  });
  await expect(empty).rejects.toMatchObject({
    code: 'REMOTE_INVALID',
    message: expect.stringContaining('not appear to be a git'),
  });
  await folder.remove();
});
