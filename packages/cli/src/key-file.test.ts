import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { temporaryFolder } from '@gityard/testing';
import { expect, it, onTestFinished } from 'vitest';
import { keyFile } from './key-file.ts';

it('is the same for all who need it at once, and for who comes later', async () => {
  const keys = `${await aFolder()}/keys`;
  const path = `${keys}/one`;
  let made = 0;

  const contents = await Promise.all(Array.from({ length: 8 }, () => keyFile(path, () => `key ${++made}`)));

  expect(new Set(contents.map(String)).size).toBe(1);
  expect(String(await keyFile(path, () => 'another'))).toBe(await readFile(path, 'utf8'));
  expect(await readdir(keys)).toEqual(['one']);
});

it.skipIf(process.platform === 'win32')('is of no use once others may read it', async () => {
  const path = `${await aFolder()}/one`;
  await writeFile(path, 'key', { mode: 0o600 });
  await chmod(path, 0o640);

  await expect(keyFile(path, () => 'new')).rejects.toMatchObject({
    code: 'POLICY',
    hint: expect.stringContaining('chmod 600'),
  });
});

async function aFolder(): Promise<string> {
  const { path, remove } = await temporaryFolder();
  onTestFinished(remove);
  return path;
}
