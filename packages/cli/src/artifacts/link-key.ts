/** What addresses of artifacts are signed with on this machine: it lies in the agent's own folder, made when it is first needed. */
import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = 'link.key';
const KEY_BYTES = 32;

export async function linkKey(home: string): Promise<Uint8Array> {
  const path = join(home, NAME);
  const known = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (known?.length === KEY_BYTES) return known;
  await mkdir(home, { recursive: true });
  // A name of its own for each who makes one: a file that is linked already must never be written again.
  const made = `${path}.${randomUUID()}`;
  await writeFile(made, randomBytes(KEY_BYTES), { mode: 0o600, flush: true });
  // Of two who make one at the same time, one wins, and both use it.
  await link(made, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(made, { force: true });
  const agreed = await readFile(path);
  if (agreed.length !== KEY_BYTES) throw new Error(`${path} is no key for links; remove it, and a new one is made`);
  return agreed;
}
