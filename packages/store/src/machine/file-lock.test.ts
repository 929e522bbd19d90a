import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rmdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder, waitFor } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type FileLock, type FileLockOptions, isAlive, takeFileLock } from './file-lock.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

async function take(path: string, options: Partial<FileLockOptions> = {}): Promise<FileLock | undefined> {
  const times = { staleMs: 60_000, updateMs: 10_000 };
  return (await takeFileLock(`${path}.lock`, { ...times, holderPath: `${path}.holder`, ...options })).lock;
}

describe('a lock among processes', () => {
  it('is one process’s at a time, and free again when it is let go', async () => {
    const path = join(folder.path, 'copy');
    const first = await take(path);

    expect(await take(path)).toBeUndefined();
    await first?.release();
    const second = await take(path);

    expect(second).toBeDefined();
    await second?.release();
    await second?.release();
  });

  it('of somebody who cannot be asked is left alone for a minute', async () => {
    const path = join(folder.path, 'copy');
    await mkdir(`${path}.lock`);
    expect(await take(path)).toBeUndefined();

    const longAgo = new Date(Date.now() - 61_000);
    await utimes(`${path}.lock`, longAgo, longAgo);
    const lock = await take(path);

    expect(lock).toBeDefined();
    expect(await readFile(`${path}.holder`, 'utf8')).toBe(`${process.pid}\n`);
    await lock?.release();
  });

  it('tells when somebody took it away, and is not missed by whoever lets go of it', async () => {
    const path = join(folder.path, 'copy');
    let lost = false;
    const onLost = () => {
      lost = true;
    };
    const lock = await take(path, { onLost, updateMs: 1_000 });

    await rmdir(`${path}.lock`);

    await waitFor(() => lost, { what: 'the lock is lost' });
    await lock?.release();
  });

  it('of a process that lives is left alone although it is not renewed', async () => {
    const path = join(folder.path, 'copy');
    await mkdir(`${path}.lock`);
    await writeFile(`${path}.holder`, `${process.pid}\n`);

    expect(await take(path)).toBeUndefined();
    expect((await stat(`${path}.lock`)).isDirectory()).toBe(true);
    await rmdir(`${path}.lock`);
  });
});

describe.runIf(process.platform === 'linux')('a process', () => {
  it('that has ended is dead, also while its parent has not asked for it', async () => {
    // The shell starts one that ends, becomes a program that never asks for its children, and says who it was.
    const parent = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [said] = (await once(parent.stdout, 'data')) as [Buffer];
    const child = Number(said.toString());
    try {
      await waitFor(() => !isAlive(child), { what: 'the child has ended' });

      expect(() => process.kill(child, 0)).not.toThrow();
      expect(isAlive(parent.pid ?? 0)).toBe(true);
    } finally {
      parent.kill();
    }
  });
});
