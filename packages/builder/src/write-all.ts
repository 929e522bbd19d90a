/**
 * Writes all of some bytes. One call of the system may write less than it was given, most often the last one before a disk is
 * full, and says so only by a number: a copy whose digest was computed from what was meant would then be cut, and pass for whole.
 */
import type { FileHandle } from 'node:fs/promises';

/** @param position nothing: behind what was written last */
export async function writeAll(file: FileHandle, bytes: Uint8Array, position: number | null = null): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const at = position === null ? null : position + done;
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at);
    done += bytesWritten;
  }
}
