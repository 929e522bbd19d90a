import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { world } from '@gityard/domain/spec';
import { expect, it, onTestFinished } from 'vitest';
import { linkKey } from './link-key.ts';

it('all who need the key of a yard for the first time get the same, of which a file is kept that its owner alone can read', async () => {
  const home = await aHome();
  const { state } = world().yard({ yardId: 'a' });

  const keys = await Promise.all(Array.from({ length: 8 }, () => linkKey(home, state)));

  expect(new Set(keys.map((it) => Buffer.from(it).toString('hex'))).size).toBe(1);
  expect(await readdir(home)).toEqual(['link.key']);
  expect((await stat(join(home, 'link.key'))).mode & 0o777).toBe(0o600);
});

it('another yard of the same home has another key: what is signed for one opens nothing of the other', async () => {
  const home = await aHome();
  const keyOf = async (yardId: string) => Buffer.from(await linkKey(home, world().yard({ yardId }).state));

  expect(await keyOf('a')).toEqual(await keyOf('a'));
  expect(await keyOf('a')).not.toEqual(await keyOf('b'));
});

async function aHome(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gityard-key-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'home');
}
