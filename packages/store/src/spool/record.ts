/**
 * One record of the log as bytes, and back: a head with a checksum of its own, so that a length that was damaged is never
 * believed, and a body with another. What stands in a body is not known here.
 *
 *     magic 4 │ length 4 │ number 6 │ checksum of the head 4 │ checksum of the body 4 │ body
 */
import { crc32 } from 'node:zlib';

export interface SpoolRecord {
  /** Rises by one with each record that is accepted, and never begins again. */
  readonly number: number;
  readonly body: Uint8Array;
}

export interface Scan {
  readonly records: readonly SpoolRecord[];
  /** Where the last good record ends. */
  readonly endBytes: number;
  /** torn = it ends in the beginning of a record: somebody was stopped while writing, and had promised nothing yet. */
  readonly condition: 'whole' | 'torn' | 'damaged';
}

const MAGIC = Buffer.from('GySp');
const HEAD_BYTES = 22;

export function encodeRecord({ number, body }: SpoolRecord): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  MAGIC.copy(head);
  head.writeUInt32BE(body.length, 4);
  head.writeUIntBE(number, 8, 6);
  head.writeUInt32BE(crc32(head.subarray(0, 14)), 14);
  head.writeUInt32BE(crc32(body), 18);
  return Buffer.concat([head, body]);
}

/** Everything that can be read, also behind a damaged place. A number that is not above the one before was never promised. */
export function scan(bytes: Buffer): Scan {
  const records: SpoolRecord[] = [];
  let damaged = false;
  let at = 0;
  while (at < bytes.length) {
    const found = recordAt(bytes, at) ?? nextRecord(bytes, at + 1);
    if (!found) break;
    damaged ||= found.at > at;
    at = found.at + HEAD_BYTES + found.record.body.length;
    if (found.record.number > (records.at(-1)?.number ?? 0)) records.push(found.record);
  }
  return { records, endBytes: at, condition: damaged ? 'damaged' : conditionOf(bytes.subarray(at)) };
}

interface Place {
  readonly at: number;
  readonly record: SpoolRecord;
}

function recordAt(bytes: Buffer, at: number): Place | undefined {
  const length = lengthAt(bytes, at);
  if (length === undefined || at + HEAD_BYTES + length > bytes.length) return undefined;
  const body = bytes.subarray(at + HEAD_BYTES, at + HEAD_BYTES + length);
  if (crc32(body) !== bytes.readUInt32BE(at + 18)) return undefined;
  return { at, record: { number: bytes.readUIntBE(at + 8, 6), body } };
}

/** Undefined: no whole head stands there. */
function lengthAt(bytes: Buffer, at: number): number | undefined {
  if (at + HEAD_BYTES > bytes.length || !bytes.subarray(at, at + 4).equals(MAGIC)) return undefined;
  const head = bytes.subarray(at, at + 14);
  return crc32(head) === bytes.readUInt32BE(at + 14) ? head.readUInt32BE(4) : undefined;
}

function nextRecord(bytes: Buffer, from: number): Place | undefined {
  for (let at = bytes.indexOf(MAGIC, from); at >= 0; at = bytes.indexOf(MAGIC, at + 1)) {
    const found = recordAt(bytes, at);
    if (found) return found;
  }
  return undefined;
}

function conditionOf(rest: Buffer): Scan['condition'] {
  if (rest.length === 0) return 'whole';
  const length = lengthAt(rest, 0);
  if (length !== undefined) return HEAD_BYTES + length > rest.length ? 'torn' : 'damaged';
  const begins = rest.subarray(0, 4).equals(MAGIC.subarray(0, Math.min(4, rest.length)));
  if (begins && rest.length < HEAD_BYTES) return 'torn';
  // After a power cut some file systems have given a file its length, and not yet its bytes.
  return rest.every((it) => it === 0) ? 'torn' : 'damaged';
}
