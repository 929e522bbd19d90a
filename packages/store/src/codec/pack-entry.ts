/** One entry of a pack: its header, its base if it is a delta, and its inflated bytes. Knows nothing of other entries. */
import { createInflate, inflateSync } from 'node:zlib';

import { StoreError } from '../errors.ts';
import type { ObjectType } from './object.ts';
import { type Oid, oidAt } from './oid.ts';

interface Placed {
  /** Where in the pack it begins. */
  readonly at: number;
  /** Where the one after it begins. */
  readonly next: number;
}

export interface PackedDelta extends Placed {
  readonly kind: 'delta';
  /** Named by its place in the pack, or by its oid. */
  readonly base: number | Oid;
  readonly bytes: Uint8Array;
}

export type PackedEntry =
  | PackedDelta
  | (Placed & { readonly kind: 'whole'; readonly type: ObjectType; readonly bytes: Uint8Array })
  /** Too large to be kept. */
  | (Placed & { readonly kind: 'skipped' });

const TYPES: readonly (ObjectType | undefined)[] = [undefined, 'commit', 'tree', 'blob', 'tag'];
const OFS_DELTA = 6;
const REF_DELTA = 7;

export async function readEntry(pack: Uint8Array, at: number, options: { limitBytes: number }): Promise<PackedEntry> {
  const header = readHeader(pack, at);
  const head = { at, kind: kindOf(pack, at, header) } as const;
  const from = head.kind.dataAt;
  if (header.size > options.limitBytes) return { at, kind: 'skipped', next: from + (await deflatedLength(pack, from)) };

  const { bytes, length } = inflateAt(pack, from, header.size);
  const placed = { at, next: from + length, bytes };
  const { type, base } = head.kind;
  if (type) return { ...placed, kind: 'whole', type };
  return { ...placed, kind: 'delta', base };
}

interface Header {
  readonly type: number;
  readonly size: number;
  readonly next: number;
}

type Kind = { readonly dataAt: number } & (
  | { readonly type: ObjectType; readonly base?: undefined }
  | { readonly type?: undefined; readonly base: number | Oid }
);

function readHeader(pack: Uint8Array, at: number): Header {
  let byte = byteAt(pack, at);
  let next = at + 1;
  let size = byte & 15;
  const type = (byte >> 4) & 7;
  for (let scale = 16; byte & 0x80; scale *= 0x80) {
    byte = byteAt(pack, next++);
    size += (byte & 0x7f) * scale;
  }
  return { type, size, next };
}

function kindOf(pack: Uint8Array, at: number, { type, next }: Header): Kind {
  const whole = TYPES[type];
  if (whole) return { type: whole, dataAt: next };
  if (type === REF_DELTA && next + 20 <= pack.length) return { base: oidAt(pack, next), dataAt: next + 20 };
  if (type !== OFS_DELTA) throw brokenEntry();

  const distance = readDistance(pack, next);
  return { base: at - distance.value, dataAt: distance.next };
}

/** Git's own number here: each further byte adds one, so that no two spellings mean the same. */
function readDistance(pack: Uint8Array, from: number): { value: number; next: number } {
  let next = from;
  let byte = byteAt(pack, next++);
  let value = byte & 0x7f;
  while (byte & 0x80) {
    byte = byteAt(pack, next++);
    value = (value + 1) * 0x80 + (byte & 0x7f);
  }
  return { value, next };
}

function inflateAt(pack: Uint8Array, at: number, size: number): { bytes: Uint8Array; length: number } {
  try {
    // `info` gives the engine back, which alone knows where the compressed bytes ended. Node's types leave it out.
    const options = { info: true, maxOutputLength: Math.max(size, 1), chunkSize: Math.min(Math.max(size, 64), 65_536) };
    const { buffer, engine } = inflateSync(pack.subarray(at), options) as unknown as Inflated;
    if (buffer.length !== size) throw brokenEntry();
    // A copy, because small buffers share one large block, and one blob kept would keep all of it.
    return { bytes: new Uint8Array(buffer), length: engine.bytesWritten };
  } catch (error) {
    throw error instanceof StoreError ? error : brokenEntry(error);
  }
}

interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

/** Inflates without keeping anything, only to learn where the next entry begins. */
function deflatedLength(pack: Uint8Array, at: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const inflate = createInflate();
    inflate.on('data', () => undefined);
    inflate.once('error', (error) => reject(brokenEntry(error)));
    inflate.once('end', () => resolve(inflate.bytesWritten));
    inflate.end(pack.subarray(at));
  });
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw brokenEntry();
  return byte;
}

function brokenEntry(cause?: unknown): StoreError {
  return new StoreError('REMOTE_INVALID', 'the pack that the server sent is cut or damaged', {
    hint: 'try again; if it stays so, run git fsck in the repository on the server',
    cause,
  });
}
