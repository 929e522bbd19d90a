/**
 * Bytes for a program that reads them from an inherited descriptor: in a file that has no name any more by the time anybody
 * could look for it. What goes this way (an environment with secrets in it) is seen in no list of processes.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The descriptor; whoever asked closes it. */
export function memoryFile(bytes: Uint8Array): number {
  const path = join(tmpdir(), `gityard-${randomBytes(8).toString('hex')}`);
  const descriptor = openSync(path, 'wx+', 0o600);
  try {
    unlinkSync(path);
    // At places of our own: the reader begins where the descriptor stands.
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done, bytes.length - done, done);
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}
