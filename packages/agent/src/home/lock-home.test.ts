import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startNode, type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { programFile } from '../agent.fixture.ts';
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

    await expect(lockHome(folder.path, { onLost })).rejects.toMatchObject({
      code: 'DUPLICATE_AGENT',
      message: expect.stringContaining(`process ${process.pid}`),
    });
    await lock.release();

    await (await lockHome(folder.path, { onLost })).release();
  });

  async function processThatIsGone(): Promise<number> {
    const gone = startNode(programFile, []);
    await gone.dispose();
    return gone.pid;
  }

  it('leaves it to one that has not entered the yard yet, whoever lived there before', async () => {
    await saveLife(folder.path, { boot: 'b1', pid: await processThatIsGone() });
    const lock = await lockHome(folder.path, { onLost });
    const aMomentAgo = new Date(Date.now() - 4_000);
    await utimes(join(folder.path, 'agent.lock'), aMomentAgo, aMomentAgo);

    await expect(lockHome(folder.path, { onLost })).rejects.toMatchObject({
      code: 'DUPLICATE_AGENT',
      message: expect.stringContaining(`process ${process.pid}`),
    });

    await lock.release();
  });

  it('breaks the lock of a process that is gone', async () => {
    await writeFile(join(folder.path, 'agent.pid'), `${await processThatIsGone()}\n`);
    await mkdir(join(folder.path, 'agent.lock'));

    const lock = await lockHome(folder.path, { onLost });

    await lock.release();
  });

  it('breaks the lock of a process that had our number: in a container the next one has that of the last', async () => {
    await writeFile(join(folder.path, 'agent.pid'), `${process.pid}\n`);
    await mkdir(join(folder.path, 'agent.lock'));

    const lock = await lockHome(folder.path, { onLost });

    await expect(lockHome(folder.path, { onLost })).rejects.toMatchObject({ code: 'DUPLICATE_AGENT' });
    await lock.release();
  });
});
