/**
 * Copies one file into our own folder and computes its digests from the very bytes that are written, so that digest
 * and copy agree even if the original changes meanwhile. The copy appears under its name only when it is whole.
 */
import { type FileHandle, mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeAll } from '../write-all.ts';
import { type Digests, digestsOf } from './digests.ts';

export async function copyAndHash(source: FileHandle, target: string): Promise<Digests> {
  await mkdir(dirname(target), { recursive: true });
  const part = `${target}.part`;
  const output = await open(part, 'wx', 0o444);
  try {
    // Of a file that goes on growing, what was there when we began: it might never end.
    const { size } = await source.stat();
    const digests = await digestsOf(source, (chunk) => writeAll(output, chunk), size);
    await output.sync();
    await rename(part, target);
    return digests;
  } finally {
    await output.close();
  }
}
