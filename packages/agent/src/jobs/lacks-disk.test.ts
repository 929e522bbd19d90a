import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Agent, Job } from '@gityard/domain';
import { temporaryFolder } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderOnBuildDisk } from '../home/build-folder.ts';
import { lacksDisk } from './lacks-disk.ts';

/** Of any size: what counts is how much of it is free. */
const agent = { capabilities: { diskGB: 1e9 } } as Agent;
const asking = (...requires: string[]) => ({ requires }) as unknown as Job;

describe('lacks-disk', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  it('compares what a job asks for with what is free now', async () => {
    expect(await lacksDisk(folder.path, agent, asking('disk>=0.001'))).toBeNull();
    expect(await lacksDisk(folder.path, agent, asking('node', 'disk>=99999999'))).toBe(
      'has not that much of its disk free now: disk>=99999999',
    );
  });

  it('leaves the size of the disk, and everything else, to what is registered', async () => {
    expect(await lacksDisk(folder.path, agent, asking('cores>=999', 'disk=1000000000', 'disk<=1'))).toBeNull();
  });

  it('looks at the disk of the builds, which may be another one than that of its home', async () => {
    expect(await folderOnBuildDisk(folder.path)).toBe(folder.path);
    await mkdir(join(folder.path, 'build'));
    expect(await folderOnBuildDisk(folder.path)).toBe(join(folder.path, 'build'));
  });
});
