import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '@gityard/testing';
import { expect, it, onTestFinished } from 'vitest';
import { filesOfTar } from './tar.ts';

const LONG = `${'folder-with-a-name/'.repeat(12)}${'f'.repeat(120)}.json`;

it.each(['gnu', 'pax', 'ustar'])(
  'reads files with short, long and foreign names, and empty ones (%s)',
  async (format) => {
    const folder = await temporaryFolder();
    onTestFinished(() => folder.remove());
    // The oldest form has no room for such a name.
    const names = ['a.json', 'empty', 'b/ü #.json', ...(format === 'ustar' ? [`${'d/'.repeat(60)}x`] : [LONG])];
    for (const name of names) {
      await mkdir(dirname(join(folder.path, name)), { recursive: true });
      await writeFile(join(folder.path, name), name === 'empty' ? '' : name);
    }
    const args = ['-C', folder.path, `--format=${format}`, '-cf', '-', '.'];
    const { stdout } = await promisify(execFile)('tar', args, { encoding: 'buffer' });

    const files = filesOfTar(stdout);

    expect([...files.keys()].sort()).toEqual([...names].sort());
    for (const [name, bytes] of files) expect(new TextDecoder().decode(bytes)).toBe(name === 'empty' ? '' : name);
    expect(() => filesOfTar(stdout.subarray(0, stdout.length / 2 - 700))).toThrow();
    expect(() => filesOfTar(new TextEncoder().encode('x'.repeat(1_000)))).toThrow();
  },
);
