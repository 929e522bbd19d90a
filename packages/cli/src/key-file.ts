/** A secret of this user in a file that nobody else may read, made when it is first needed. */
import { randomUUID } from 'node:crypto';
import { link, mkdir, open, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { shellWord } from '@gityard/domain';
import { CliError } from './errors.ts';

/** Throws CliError when others than its owner may read it. */
export async function keyFile(path: string, make: () => string | Uint8Array): Promise<Buffer> {
  return (await read(path)) ?? made(path, make());
}

async function read(path: string): Promise<Buffer | undefined> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!file) return undefined;
  try {
    const { mode } = await file.stat();
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new CliError('POLICY', `${path} can be read by others than its owner, and is a key`, {
        hint: `chmod 600 ${shellWord(path)}; remove it when somebody may have read it: a new one is made`,
      });
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** Of programs that begin at once one wins, and all use its file, which is whole from the moment on that it bears its name. */
async function made(path: string, content: string | Uint8Array): Promise<Buffer> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const own = `${path}.${randomUUID()}`;
  try {
    await writeFile(own, content, { mode: 0o600, flush: true });
    await link(own, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(own, { force: true });
  }
  const agreed = await read(path);
  if (!agreed) throw new CliError('CONFLICT', `${path} was removed while it was made`, { hint: 'try again' });
  return agreed;
}
