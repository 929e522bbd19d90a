import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@gityard/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { removeTextfile, unfitTextfile, writeTextfile } from './textfile.ts';

async function folder(): Promise<string> {
  const { path, remove } = await temporaryFolder();
  onTestFinished(remove);
  return path;
}

describe('a textfile', () => {
  it('is there as a whole, for all to read, and goes without a trace', async () => {
    const path = join(await folder(), 'gityard.prom');
    const before = process.umask(0o077);
    onTestFinished(() => void process.umask(before));

    await writeTextfile(path, 'gityard_jobs 1\n');
    await writeTextfile(path, 'gityard_jobs 2\n');

    expect(await readFile(path, 'utf8')).toBe('gityard_jobs 2\n');
    expect((await stat(path)).mode & 0o777).toBe(0o644);
    expect(await readdir(join(path, '..'))).toEqual(['gityard.prom']);
    await removeTextfile(path);
    await removeTextfile(path);
    expect(await readdir(join(path, '..'))).toEqual([]);
  });

  it('is never seen half: who reads while it is written has one of both', async () => {
    const path = join(await folder(), 'gityard.prom');
    const texts = ['a', 'b'].map((it) => `${it.repeat(200_000)}\n`);
    await writeTextfile(path, texts[0] ?? '');
    let writing = true;
    const reader = (async () => {
      const seen = new Set<string>();
      while (writing) seen.add(await readFile(path, 'utf8'));
      return seen;
    })();

    for (let at = 0; at < 50; at++) await writeTextfile(path, texts[at % 2] ?? '');
    writing = false;

    expect([...(await reader)].filter((it) => !texts.includes(it))).toEqual([]);
  });

  it('leaves nothing behind where it cannot be put', async () => {
    const path = await folder();
    const taken = join(path, 'taken.prom');
    await mkdir(join(taken, 'full'), { recursive: true });

    await expect(writeTextfile(taken, 'x\n')).rejects.toThrow();

    expect(await readdir(path)).toEqual(['taken.prom']);
  });

  it('has a name that the collector reads', () => {
    expect(unfitTextfile('/var/lib/node/gityard.prom')).toBe(null);
    expect(unfitTextfile('/var/lib/node/gityard.txt')).toContain('.prom');
  });
});
