/**
 * Objects → one pack, built in memory, ready to follow a push. An object with a base that the server is known to
 * have is written as a delta against it where that is smaller (a "thin" pack, which servers complete by themselves).
 */
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

import { makeDelta } from './delta.ts';
import type { GitObject, ObjectType } from './object.ts';
import { oidBytes } from './oid.ts';

export interface PackEntry extends GitObject {
  /** An object that the server has for certain, and that looks much like this one. */
  readonly base?: GitObject;
}

const TYPE_NUMBER: Record<ObjectType, number> = { commit: 1, tree: 2, blob: 3, tag: 4 };
const REF_DELTA = 7;

export function writePack(entries: readonly PackEntry[]): Uint8Array {
  const body = Buffer.concat([packHeader(entries.length), ...entries.flatMap(encodeEntry)]);
  return Buffer.concat([body, createHash('sha1').update(body).digest()]);
}

export function packHeader(count: number): Buffer {
  const header = Buffer.from('PACK\0\0\0\x02\0\0\0\0', 'latin1');
  header.writeUInt32BE(count, 8);
  return header;
}

export function encodeEntry(entry: PackEntry): Uint8Array[] {
  const whole = [entryHeader(TYPE_NUMBER[entry.type], entry.body.length), deflateSync(entry.body)];
  const { base } = entry;
  if (!base || base.oid === entry.oid) return whole;

  const delta = makeDelta(base.body, entry.body);
  const thin = [entryHeader(REF_DELTA, delta.length), oidBytes(base.oid), deflateSync(delta)];
  return sizeOf(thin) < sizeOf(whole) ? thin : whole;
}

/** Four bits of the size beside the type, then seven in each byte, the lowest first. */
function entryHeader(type: number, size: number): Uint8Array {
  const bytes: number[] = [];
  let rest = Math.floor(size / 16);
  let byte = (type << 4) | (size & 15);
  for (; rest > 0; rest = Math.floor(rest / 0x80)) {
    bytes.push(byte | 0x80);
    byte = rest & 0x7f;
  }
  return Uint8Array.from([...bytes, byte]);
}

function sizeOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}
