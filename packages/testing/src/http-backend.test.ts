import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { git } from './git.ts';
import { type HttpBackend, startHttpBackend } from './http-backend.ts';
import { type TemporaryFolder, temporaryFolder } from './temporary.ts';

describe('http-backend', () => {
  let folder: TemporaryFolder;
  let backend: HttpBackend;
  let clone: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
    backend = await startHttpBackend({ root: folder.path });
    await backend.createRepository('yard');
    clone = join(folder.path, 'clone');
    await git(['clone', '--quiet', backend.urlOf('yard'), 'clone'], { cwd: folder.path });
  });

  afterEach(async () => {
    await backend.close();
    await folder.remove();
  });

  async function commitAndPush(text: string, ...settings: string[]): Promise<void> {
    await writeFile(join(clone, 'file'), text);
    await git(['add', '.'], { cwd: clone });
    await git(['commit', '--quiet', '-m', 'a file'], { cwd: clone });
    await git([...settings, 'push', '--quiet', 'origin', 'main'], { cwd: clone });
  }

  it('gives back with a clone what was pushed', async () => {
    await commitAndPush('text');

    await git(['clone', '--quiet', backend.urlOf('yard'), 'second'], { cwd: folder.path });

    expect(await git(['show', 'main:file'], { cwd: join(folder.path, 'second') })).toBe('text');
  });

  it('takes a push that is sent in pieces', async () => {
    const noise = Array.from({ length: 100_000 }, (_, index) => Math.imul(index, 2_654_435_761)).join();

    await commitAndPush(noise, '-c', 'http.postBuffer=65536', '-c', 'core.compression=0');

    expect(await git(['cat-file', '-s', 'main:file'], { cwd: join(folder.path, 'yard.git') })).toBe(
      `${noise.length}\n`,
    );
  });

  it('counts requests and the bytes of their bodies', async () => {
    backend.resetCounters();

    await commitAndPush('text');

    expect(backend.requests).toBe(2);
    expect(backend.bytesIn).toBeGreaterThan(200);
    expect(backend.bytesOut).toBeGreaterThan(100);
  });

  it('has nothing for a repository that does not exist', async () => {
    await expect(git(['ls-remote', backend.urlOf('other')], { cwd: clone })).rejects.toThrow('not found');
  });
});
