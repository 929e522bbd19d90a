/** What lies packed in a store, and comes out of it bounded: a few packed bytes can become any number. */
import { createReadStream, createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

/** What cannot be packed grows a little by it. */
export const mostPacked = (sizeBytes: number): number => sizeBytes + Math.ceil(sizeBytes / 1000) + 1024;

/** Into a new file. What is damaged, or more than it should be, is cut where that shows; its digest tells the caller. */
export async function unpackInto(
  file: string,
  packed: string,
  { mostBytes, signal }: { readonly mostBytes: number; readonly signal?: AbortSignal },
): Promise<void> {
  const output = createWriteStream(file, { flags: 'wx' });
  try {
    await pipeline(createReadStream(packed), createGunzip(), atMost(mostBytes), output, signal ? { signal } : {});
  } catch (error) {
    // A full disk says nothing of the bytes.
    if (signal?.aborted || (error as NodeJS.ErrnoException).syscall !== undefined) throw error;
  }
}

function atMost(bytes: number): Transform {
  let left = bytes;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      left -= chunk.length;
      done(left < 0 ? new Error('it is more than it should be') : null, chunk);
    },
  });
}
