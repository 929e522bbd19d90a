/**
 * Reads a file in parts of one size, in order, and checks at its end that all of them together are what the digest said: who
 * sends the last part knows whether the whole may stand.
 */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { damaged } from './store-error.ts';

export interface Part {
  /** From 0. */
  readonly number: number;
  readonly offset: number;
  readonly bytes: Buffer;
}

export async function* readParts(
  file: string,
  { sha256, partBytes }: { sha256: string; partBytes: number },
): AsyncGenerator<Part> {
  const handle = await open(file);
  try {
    const hash = createHash('sha256');
    const { size } = await handle.stat();
    for (let offset = 0; offset < size; offset += partBytes) {
      const bytes = Buffer.alloc(Math.min(partBytes, size - offset));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset);
      if (bytesRead !== bytes.length) throw damaged(file);
      hash.update(bytes);
      yield { number: offset / partBytes, offset, bytes };
    }
    if (hash.digest('hex') !== sha256) throw damaged(file);
  } finally {
    await handle.close();
  }
}
