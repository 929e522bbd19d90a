/** Copies bytes into a new file and computes their digest from the very bytes that are written. */
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { writeAll } from '../write-all.ts';
import type { Blob } from './tier.ts';

const BUFFER_BYTES = 1 << 20;

/** False: they are not what they should be; the file is there all the same, and is the caller's to remove. */
export async function copyChecked(
  source: FileHandle,
  target: string,
  { sha256, sizeBytes, mode = 0o644 }: Blob & { readonly mode?: number },
): Promise<boolean> {
  // Over nothing, and through no link.
  const output = await open(target, 'wx', mode);
  try {
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(Math.min(BUFFER_BYTES, sizeBytes + 1));
    let at = 0;
    for (;;) {
      const { bytesRead } = await source.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) break;
      at += bytesRead;
      if (at > sizeBytes) return false;
      hash.update(buffer.subarray(0, bytesRead));
      await writeAll(output, buffer.subarray(0, bytesRead));
    }
    return at === sizeBytes && hash.digest('hex') === sha256;
  } finally {
    await output.close();
  }
}
