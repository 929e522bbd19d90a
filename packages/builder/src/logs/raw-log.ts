/**
 * The output of a build as one file of bounded size: the beginning and the end are kept, what lies between is counted
 * and left out. Writers wait for the disk, so memory stays flat however fast a build prints.
 */
import { type FileHandle, open, rm } from 'node:fs/promises';
import { writeAll } from '../write-all.ts';

export interface RawLogEnd {
  readonly totalBytes: number;
  readonly keptBytes: number;
  readonly truncated: boolean;
  /** What was left out, and from where on. */
  readonly missing: { readonly fromByte: number; readonly bytes: number } | null;
}

export interface RawLog {
  readonly file: string;
  write(chunk: Uint8Array): Promise<void>;
  /** Puts beginning and end together. The log cannot be written afterwards. */
  close(): Promise<RawLogEnd>;
}

const COPY_BYTES = 1 << 20;

export async function openRawLog(file: string, { maxBytes }: { maxBytes: number }): Promise<RawLog> {
  const headBytes = Math.ceil(maxBytes / 2);
  const head = await open(file, 'w');
  const ring = await openRing(`${file}.tail`, Math.max(1, maxBytes - headBytes));
  let total = 0;
  let queue: Promise<void> = Promise.resolve();

  const append = async (chunk: Uint8Array) => {
    const toHead = chunk.subarray(0, Math.max(0, headBytes - total));
    total += chunk.length;
    if (toHead.length > 0) await writeAll(head, toHead);
    await ring.write(chunk.subarray(toHead.length));
  };
  return {
    file,
    write(chunk) {
      // Two pipes write here; each chunk goes in whole, in the order of arrival.
      queue = queue.then(() => append(chunk));
      return queue;
    },
    async close() {
      const left = Math.max(0, total - headBytes - ring.keptBytes());
      if (left > 0) await writeAll(head, Buffer.from(`\n[gityard: ${left} bytes of output are left out here]\n`));
      await ring.copyTo(head);
      await ring.remove();
      await head.sync();
      const { size } = await head.stat();
      await head.close();
      const missing = left > 0 ? { fromByte: headBytes, bytes: left } : null;
      return { totalBytes: total, keptBytes: size, truncated: left > 0, missing };
    },
  };
}

interface Ring {
  write(chunk: Uint8Array): Promise<void>;
  keptBytes(): number;
  copyTo(target: FileHandle): Promise<void>;
  remove(): Promise<void>;
}

/** A file that only remembers the last `capacity` bytes: position wraps round. */
async function openRing(file: string, capacity: number): Promise<Ring> {
  const handle = await open(file, 'w+');
  let written = 0;
  return {
    async write(chunk) {
      // Of a chunk larger than the ring only its end would survive.
      const skipped = Math.max(0, chunk.length - capacity);
      written += skipped;
      for (let rest = chunk.subarray(skipped); rest.length > 0; ) {
        const at = written % capacity;
        const part = rest.subarray(0, capacity - at);
        await writeAll(handle, part, at);
        written += part.length;
        rest = rest.subarray(part.length);
      }
    },
    keptBytes: () => Math.min(written, capacity),
    async copyTo(target) {
      const from = written > capacity ? written % capacity : 0;
      await copyRange({ from: handle, to: target, start: from, end: Math.min(written, capacity) });
      await copyRange({ from: handle, to: target, start: 0, end: from });
    },
    async remove() {
      await handle.close();
      await rm(file, { force: true });
    },
  };
}

async function copyRange({
  from,
  to,
  start,
  end,
}: {
  from: FileHandle;
  to: FileHandle;
  start: number;
  end: number;
}): Promise<void> {
  const buffer = Buffer.allocUnsafe(Math.min(COPY_BYTES, Math.max(1, end - start)));
  for (let at = start; at < end; ) {
    const { bytesRead } = await from.read(buffer, 0, Math.min(buffer.length, end - at), at);
    if (bytesRead === 0) return;
    await writeAll(to, buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
}
