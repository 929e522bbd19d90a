/** Opens one artifact and lists what is inside: the entries of an archive, or of a packed file the one that it is. */
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { debEntries } from './deb-entries.ts';
import { Allowance, type Entry, NotReadable, readEntry } from './entry.ts';
import { readRange } from './read-range.ts';
import { SNIFFED_BYTES, type Sort, sniff } from './sniff.ts';
import { tarEntries } from './tar-entries.ts';
import { unpack } from './unpack.ts';
import { zipEntries } from './zip-entries.ts';

export interface Inside {
  readonly sort: Sort;
  /** null: it is no archive. */
  readonly entries: readonly Entry[] | null;
}

/** Throws NotReadable. */
export async function lookInside(handle: FileHandle, allowance = new Allowance()): Promise<Inside> {
  const { buffer } = await handle.read(Buffer.alloc(SNIFFED_BYTES), 0, SNIFFED_BYTES, 0);
  const sort = sniff(buffer);
  try {
    return { sort, entries: await entriesOf(handle, sort, allowance) };
  } catch (error) {
    // What gunzip says of bytes that are none.
    const isBroken = /^Z_/.test((error as NodeJS.ErrnoException).code ?? '');
    throw isBroken ? new NotReadable(`is no sound ${sort}: ${(error as Error).message}`) : error;
  }
}

async function entriesOf(handle: FileHandle, sort: Sort, allowance: Allowance): Promise<readonly Entry[] | null> {
  if (sort === 'plain') return null;
  if (sort === 'zip') return zipEntries(handle, allowance);
  if (sort === 'ar') return debEntries(handle, allowance);
  const whole = () => readRange(handle);
  if (sort === 'tar') return tarEntries(whole(), allowance);
  // Twice from the start: what is packed shows only when it is unpacked.
  const isTar = sniff(await headOf(unpack(whole(), sort))) === 'tar';
  if (isTar) return tarEntries(unpack(whole(), sort), allowance);
  const facts = { name: 'its content', mtimeMs: 0, owner: '', mode: 0 };
  return [await readEntry(facts, unpack(whole(), sort), allowance)];
}

async function headOf(stream: Readable): Promise<Buffer> {
  let head = Buffer.alloc(0);
  for await (const piece of stream) {
    head = Buffer.concat([head, piece as Buffer]);
    if (head.length >= SNIFFED_BYTES) break;
  }
  return head;
}
