/**
 * Copies one file into our own folder and computes its digests from the very bytes that are written, so that digest
 * and copy agree even if the original changes meanwhile. The copy appears under its name only when it is whole.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface Digests {
  readonly sizeBytes: number;
  readonly md5: string;
  readonly sha256: string;
  readonly sha512: string;
}

const BUFFER_BYTES = 1 << 20;

export async function copyAndHash(source: FileHandle, target: string): Promise<Digests> {
  await mkdir(dirname(target), { recursive: true });
  const part = `${target}.part`;
  const output = await open(part, 'wx', 0o444);
  try {
    const digests = await pour(source, output);
    await output.sync();
    await rename(part, target);
    return digests;
  } finally {
    await output.close();
  }
}

async function pour(source: FileHandle, output: FileHandle): Promise<Digests> {
  const [md5, sha256, sha512] = [createHash('md5'), createHash('sha256'), createHash('sha512')];
  const buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  let sizeBytes = 0;
  for (;;) {
    const { bytesRead } = await source.read(buffer, 0, buffer.length, null);
    if (bytesRead === 0) break;
    const chunk = buffer.subarray(0, bytesRead);
    for (const hash of [md5, sha256, sha512]) hash.update(chunk);
    await output.write(chunk);
    sizeBytes += bytesRead;
  }
  return { sizeBytes, md5: md5.digest('hex'), sha256: sha256.digest('hex'), sha512: sha512.digest('hex') };
}
