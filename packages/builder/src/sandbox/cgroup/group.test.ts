import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../specs/world.ts';
import { makeGroup, removeLeftGroups } from './group.ts';

const limits = { cores: 1.5, memoryBytes: 512 * 1024 ** 2, diskBytes: 0, processes: 100 };

/** Of version 2, as plain files: the kernel of this machine may not have them. */
async function groupIn(folder: string) {
  const group = await makeGroup({ version: 2, folder }, { id: 'b1-1', limits });
  const [name = ''] = readdirSync(folder);
  const own = join(folder, name);
  return { group, own, read: (file: string) => readFileSync(join(own, file), 'utf8') };
}

describe('a control group of version 2', () => {
  it('is given the limits of the build, with room for bubblewrap itself', async () => {
    const { group, own, read } = await groupIn(temporaryFolder());

    expect(read('memory.max')).toBe(String(512 * 1024 ** 2));
    expect(read('memory.swap.max')).toBe('0');
    expect(read('memory.oom.group')).toBe('1');
    expect(read('cpu.max')).toBe('150000 100000');
    expect(read('pids.max')).toBe('102');
    expect(group.doors).toEqual([join(own, 'cgroup.procs')]);
  });

  it('tells once which limit struck', async () => {
    const { group, own } = await groupIn(temporaryFolder());
    expect(await group.struck()).toBeNull();

    writeFileSync(join(own, 'pids.events'), 'max 3\n');
    expect([await group.struck(), await group.struck()]).toEqual(['processes', null]);

    writeFileSync(join(own, 'memory.events'), 'low 0\nhigh 0\nmax 9\noom 1\noom_kill 1\n');
    expect([await group.struck(), await group.struck()]).toEqual(['memory', null]);
  });

  it('kills all at once, and can be used again', async () => {
    const { group, read } = await groupIn(temporaryFolder());

    await group.kill();

    expect(read('cgroup.kill')).toBe('1');
    expect(read('pids.max')).toBe('102');
  });

  it('is removed when the agent that made it is gone, and no other is', async () => {
    const folder = temporaryFolder();
    for (const name of ['gityard-4194305-1-b1-1', 'somebody', `gityard-${process.pid}-1-b1-1`])
      mkdirSync(join(folder, name));
    await makeGroup({ version: 2, folder }, { id: 'mine', limits });
    const mine = readdirSync(folder).filter((it) => it.endsWith('-mine'));

    await removeLeftGroups({ version: 2, folder });

    expect(readdirSync(folder).sort()).toEqual([...mine, 'somebody'].sort());
  });
});
