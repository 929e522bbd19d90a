/**
 * The index of a pack, version 2: which object begins where. Git cannot read a pack without one. It follows from the pack
 * down to the last byte, so an index that says anything else is damaged. Knows no files.
 */
import assert from 'node:assert';
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

import { type Oid, oidBytes } from './oid.ts';

const TRAILER_BYTES = 20;
/** From here on Git writes places in another table, which no pack of ours will ever need. */
const FAR = 2 ** 31;

export function packIndex(pack: Uint8Array, places: ReadonlyMap<number, Oid>): Buffer {
  assert(pack.length < FAR, 'a pack of two gigabytes is none of ours');
  const entries = entriesOf(pack, places).sort((left, right) => (left.oid < right.oid ? -1 : 1));
  const body = Buffer.concat([
    Buffer.from([0xff, 0x74, 0x4f, 0x63, 0, 0, 0, 2]),
    numbers(fanOut(entries)),
    ...entries.map((it) => oidBytes(it.oid)),
    numbers(entries.map((it) => it.checksum)),
    numbers(entries.map((it) => it.at)),
    pack.subarray(-TRAILER_BYTES),
  ]);
  return Buffer.concat([body, createHash('sha1').update(body).digest()]);
}

interface Entry {
  readonly oid: Oid;
  readonly at: number;
  readonly checksum: number;
}

function entriesOf(pack: Uint8Array, places: ReadonlyMap<number, Oid>): Entry[] {
  const inOrder = [...places].sort(([left], [right]) => left - right);
  return inOrder.map(([at, oid], index) => {
    const end = inOrder[index + 1]?.[0] ?? pack.length - TRAILER_BYTES;
    return { oid, at, checksum: crc32(pack.subarray(at, end)) };
  });
}

/** For each first byte, how many objects have that one or a lower one. */
function fanOut(entries: readonly Entry[]): number[] {
  const counts = new Array<number>(256).fill(0);
  for (const { oid } of entries) {
    const first = Number.parseInt(oid.slice(0, 2), 16);
    counts[first] = (counts[first] ?? 0) + 1;
  }
  let sum = 0;
  return counts.map((count) => {
    sum += count;
    return sum;
  });
}

function numbers(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    bytes.writeUInt32BE(value, index * 4);
  });
  return bytes;
}
