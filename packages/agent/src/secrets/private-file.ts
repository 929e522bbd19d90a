/**
 * Reads a file that nobody but us may read: a plain file, no link, ours, and closed to everybody else. Whatever is wrong is told
 * with the line that mends it. Windows keeps rights in another way; there only the kind of file is looked at.
 */
import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { shellWord } from '@gityard/domain';
import { MOST_SECRET_BYTES, SecretError } from './source.ts';

/** null: there is no such file. */
export async function readPrivateFile(path: string): Promise<Uint8Array | null> {
  return readChecked(path, checkOurs);
}

/** Of a folder that the system made for us: who owns it, and who else may read it, is the system's own decision. */
export async function readSystemFile(path: string): Promise<Uint8Array | null> {
  return readChecked(path, () => undefined);
}

type Check = (path: string, status: { mode: number; uid: number }) => void;

async function readChecked(path: string, check: Check): Promise<Uint8Array | null> {
  const handle = await openPlain(path);
  if (!handle) return null;
  try {
    const status = await handle.stat();
    if (!status.isFile()) throw new SecretError(`${path} is no plain file`);
    check(path, status);
    if (status.size > MOST_SECRET_BYTES) throw new SecretError(`${path} has more than ${MOST_SECRET_BYTES} bytes`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** Looked at again once it is open: between the two it may have become something else. */
async function openPlain(path: string): Promise<FileHandle | null> {
  const status = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new SecretError(`${path} cannot be looked at: ${error.message}`);
  });
  if (status === null) return null;
  if (status.isSymbolicLink())
    throw new SecretError(`${path} is a link, which could lead anywhere; put the file itself there`);
  return open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (error: NodeJS.ErrnoException) => {
      throw new SecretError(`${path} cannot be read: ${error.message}`);
    },
  );
}

function checkOurs(path: string, { mode, uid }: { mode: number; uid: number }): void {
  if (process.platform === 'win32') return;
  const us = process.geteuid?.() ?? uid;
  if (uid !== us)
    throw new SecretError(`${path} belongs to user ${uid}, not to ${us} who runs the agent: chown ${us} ${path}`);
  if ((mode & 0o077) !== 0)
    throw new SecretError(
      `${path} can be read by others (mode ${(mode & 0o777).toString(8)}): chmod 600 ${shellWord(path)}`,
    );
}
