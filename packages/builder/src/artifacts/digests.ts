/** All digests of a file from one reading of it, piece by piece, however large it is. */
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

export interface Digests {
  readonly sizeBytes: number;
  readonly md5: string;
  readonly sha256: string;
  readonly sha512: string;
}

const BUFFER_BYTES = 1 << 20;

/**
 * @param pass gets each piece as well, before the next is read into its place
 * @param mostBytes what comes behind is left alone
 */
export async function digestsOf(
  source: FileHandle,
  pass: (chunk: Uint8Array) => Promise<unknown> = async () => undefined,
  mostBytes = Number.POSITIVE_INFINITY,
): Promise<Digests> {
  const [md5, sha256, sha512] = [createHash('md5'), createHash('sha256'), createHash('sha512')];
  const buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  let sizeBytes = 0;
  for (;;) {
    const { bytesRead } = await source.read(buffer, 0, Math.min(buffer.length, mostBytes - sizeBytes), null);
    if (bytesRead === 0) break;
    const chunk = buffer.subarray(0, bytesRead);
    for (const hash of [md5, sha256, sha512]) hash.update(chunk);
    await pass(chunk);
    sizeBytes += bytesRead;
  }
  return { sizeBytes, md5: md5.digest('hex'), sha256: sha256.digest('hex'), sha512: sha512.digest('hex') };
}

export async function digestsOfFile(file: string): Promise<Digests> {
  const handle = await open(file);
  try {
    return await digestsOf(handle);
  } finally {
    await handle.close();
  }
}
