/**
 * Puts numbers where the textfile collector of node_exporter finds them: for programs that answer on no port. A reader sees the
 * file whole or not at all.
 */
import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';

/** Read by another user than the one who writes it; it holds nothing that is secret. */
const MODE = 0o644;

export async function writeTextfile(path: string, text: string): Promise<void> {
  // The collector reads files that end with .prom, and so never this one.
  const unfinished = `${path}.${randomBytes(4).toString('hex')}.new`;
  try {
    const file = await open(unfinished, 'wx', MODE);
    try {
      // Whatever the umask of the daemon says.
      await file.chmod(MODE);
      await file.writeFile(text);
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

export const removeTextfile = (path: string): Promise<void> => rm(path, { force: true });

/** Why the collector would not read it; null: it would. */
export const unfitTextfile = (path: string): string | null =>
  path.endsWith('.prom') ? null : `${path} does not end with .prom, and the textfile collector reads no other files`;
