import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startNode, type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loaderArguments, programFile } from '../agent.fixture.ts';
import { saveLife } from './life.ts';
import { lockHome } from './lock-home.ts';

const onLost = (reason: string): never => {
  throw new Error(reason);
};

describe('lock-home', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  it('gives a folder to one daemon at a time, and names the one that has it', async () => {
    const lock = await lockHome(folder.path, { onLost });
    await saveLife(folder.path, { boot: 'b1', pid: process.pid });

    await expect(lockHome(folder.path, { onLost })).rejects.toMatchObject({
      code: 'DUPLICATE_AGENT',
      message: expect.stringContaining(`process ${process.pid}`),
    });
    await lock.release();

    await (await lockHome(folder.path, { onLost })).release();
  });

  it('breaks the lock of a process that is gone', async () => {
    const gone = startNode(programFile, [], { nodeArguments: loaderArguments });
    await gone.dispose();
    await saveLife(folder.path, { boot: 'b1', pid: gone.pid });
    await mkdir(join(folder.path, 'agent.lock'));

    const lock = await lockHome(folder.path, { onLost });

    await lock.release();
  });
});
