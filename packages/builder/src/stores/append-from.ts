/**
 * Fetches an object into a file, behind what lies there already: an interrupted transfer goes on where it stopped. Whether the
 * whole is right is for whoever knows its digest to check.
 */
import { open } from 'node:fs/promises';
import type { Transfer } from './object-store.ts';

/** @param read what is left from this byte on; null when nothing is */
export async function appendFrom(
  file: string,
  read: (from: number) => Promise<AsyncIterable<Uint8Array> | null>,
  { signal, onProgress }: Transfer,
): Promise<void> {
  const target = await open(file, 'a', 0o644);
  try {
    let at = (await target.stat()).size;
    for await (const chunk of (await read(at)) ?? []) {
      signal?.throwIfAborted();
      await target.write(chunk);
      at += chunk.byteLength;
      onProgress?.(at);
    }
    await target.sync();
  } finally {
    await target.close();
  }
}
