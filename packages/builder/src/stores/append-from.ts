/**
 * Fetches an object into a file, behind what lies there already: an interrupted transfer goes on where it stopped. Whether the
 * whole is right is for whoever knows its digest to check.
 */
import { open } from 'node:fs/promises';
import { writeAll } from '../write-all.ts';
import type { Fetching } from './object-store.ts';

/** @param read what is left from this byte on; null when nothing is */
export async function appendFrom(
  file: string,
  read: (from: number) => Promise<AsyncIterable<Uint8Array> | null>,
  { signal, onProgress, mostBytes = Number.POSITIVE_INFINITY }: Fetching,
): Promise<void> {
  const target = await open(file, 'a', 0o644);
  try {
    let at = (await target.stat()).size;
    for await (const chunk of (await read(at)) ?? []) {
      signal?.throwIfAborted();
      const wanted = chunk.subarray(0, Math.max(0, mostBytes + 1 - at));
      await writeAll(target, wanted);
      at += wanted.byteLength;
      onProgress?.(at);
      if (at > mostBytes) break;
    }
    await target.sync();
  } finally {
    await target.close();
  }
}
