import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { linkKey } from './link-key.ts';

it('all who need the key of a home for the first time get the same, which only its owner can read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gityard-key-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const home = join(folder, 'home');

  const keys = await Promise.all(Array.from({ length: 8 }, () => linkKey(home)));

  expect(new Set(keys.map((it) => Buffer.from(it).toString('hex'))).size).toBe(1);
  expect(await readdir(home)).toEqual(['link.key']);
  expect((await stat(join(home, 'link.key'))).mode & 0o777).toBe(0o600);
});
