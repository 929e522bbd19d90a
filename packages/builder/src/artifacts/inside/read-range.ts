/** A part of a file as a stream that leaves the file open, so that the next part can be read as well. */
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';

export const readRange = (handle: FileHandle, start = 0, end = Number.POSITIVE_INFINITY): Readable =>
  Readable.from(piecesOf(handle, start, end), { objectMode: false });

const PIECE_BYTES = 1 << 16;

async function* piecesOf(handle: FileHandle, start: number, end: number): AsyncGenerator<Buffer> {
  for (let at = start; at < end; ) {
    const length = Math.min(PIECE_BYTES, end - at);
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
