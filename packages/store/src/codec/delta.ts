/**
 * One byte string written as pieces of another, in Git's form. A tree of 256 shards in which one changed is 10 KB
 * whole and 50 bytes so, which is what makes a commit small. Knows nothing of objects.
 */
import { StoreError } from '../errors.ts';

const BLOCK = 16;
const INSERT_LIMIT = 127;
const COPY_LIMIT = 0xffff;

export function makeDelta(base: Uint8Array, target: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [sizeBytes(base.length), sizeBytes(target.length)];
  // Most changes touch one place. What is equal before and after it needs no search.
  const head = sameFront(base, target);
  const tail = sameBack(base, target, head);
  const middle = { from: head, to: target.length - tail };

  copy(parts, 0, head);
  for (const match of matches(base, target, middle)) {
    insert(parts, target.subarray(match.insertFrom, match.at));
    copy(parts, match.baseAt, match.length);
  }
  copy(parts, base.length - tail, tail);
  return Buffer.concat(parts);
}

export function applyDelta(base: Uint8Array, delta: Uint8Array, { limitBytes }: { limitBytes: number }): Uint8Array {
  const baseSize = readSize(delta, 0);
  const targetSize = readSize(delta, baseSize.next);
  if (baseSize.value !== base.length || targetSize.value > limitBytes) throw brokenDelta();

  const target = new Uint8Array(targetSize.value);
  let written = 0;
  for (let at = targetSize.next; at < delta.length; ) {
    const piece = readPiece(delta, at, base);
    if (written + piece.bytes.length > target.length) throw brokenDelta();

    target.set(piece.bytes, written);
    written += piece.bytes.length;
    at = piece.next;
  }
  if (written !== target.length) throw brokenDelta();
  return target;
}

interface Match {
  /** Where the bytes begin that no piece of the base gave. */
  readonly insertFrom: number;
  readonly at: number;
  readonly baseAt: number;
  readonly length: number;
}

function* matches(base: Uint8Array, target: Uint8Array, { from, to }: { from: number; to: number }): Iterable<Match> {
  const blocks = to - from > BLOCK ? blocksOf(base) : undefined;
  const bytes = Buffer.from(target.buffer, target.byteOffset, target.length);
  let insertFrom = from;
  for (let at = from; blocks && at + BLOCK <= to; ) {
    const baseAt = blocks.get(bytes.toString('latin1', at, at + BLOCK));
    if (baseAt === undefined) {
      at += 1;
      continue;
    }
    const length = sameRun(base, baseAt, target, { at, to });
    yield { insertFrom, at, baseAt, length };
    at += length;
    insertFrom = at;
  }
  yield { insertFrom, at: to, baseAt: 0, length: 0 };
}

/** Every 16th place of the base by what stands there; the first of equal ones wins. */
function blocksOf(base: Uint8Array): Map<string, number> {
  const bytes = Buffer.from(base.buffer, base.byteOffset, base.length);
  const blocks = new Map<string, number>();
  for (let at = 0; at + BLOCK <= bytes.length; at += BLOCK) {
    const block = bytes.toString('latin1', at, at + BLOCK);
    if (!blocks.has(block)) blocks.set(block, at);
  }
  return blocks;
}

function sameFront(base: Uint8Array, target: Uint8Array): number {
  const limit = Math.min(base.length, target.length);
  let count = 0;
  while (count < limit && base[count] === target[count]) count += 1;
  return count;
}

function sameBack(base: Uint8Array, target: Uint8Array, head: number): number {
  const limit = Math.min(base.length, target.length) - head;
  let count = 0;
  while (count < limit && base[base.length - 1 - count] === target[target.length - 1 - count]) count += 1;
  return count;
}

function sameRun(base: Uint8Array, baseAt: number, target: Uint8Array, { at, to }: { at: number; to: number }): number {
  let count = 0;
  while (baseAt + count < base.length && at + count < to && base[baseAt + count] === target[at + count]) count += 1;
  return count;
}

function insert(parts: Uint8Array[], bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += INSERT_LIMIT) {
    const piece = bytes.subarray(at, at + INSERT_LIMIT);
    parts.push(Uint8Array.of(piece.length), piece);
  }
}

function copy(parts: Uint8Array[], offset: number, length: number): void {
  for (let done = 0; done < length; done += COPY_LIMIT) {
    parts.push(copyInstruction(offset + done, Math.min(COPY_LIMIT, length - done)));
  }
}

/** Of offset (four bytes) and size (two are enough for us) only the bytes that are not zero are written. */
function copyInstruction(offset: number, size: number): Uint8Array {
  const fields = [offset, offset >>> 8, offset >>> 16, offset >>> 24, size, size >>> 8].map((it) => it & 0xff);
  const present = fields.reduce((bits, byte, index) => (byte ? bits | (1 << index) : bits), 0x80);
  return Uint8Array.from([present, ...fields.filter((byte) => byte > 0)]);
}

function readPiece(delta: Uint8Array, at: number, base: Uint8Array): { bytes: Uint8Array; next: number } {
  const instruction = delta[at] ?? 0;
  if (instruction === 0) throw brokenDelta();
  if (instruction < 0x80) return { bytes: delta.subarray(at + 1, at + 1 + instruction), next: at + 1 + instruction };

  let next = at + 1;
  const fields = Array.from({ length: 7 }, (_, index) => (instruction & (1 << index) ? (delta[next++] ?? 0) : 0));
  const [o0 = 0, o1 = 0, o2 = 0, o3 = 0, s0 = 0, s1 = 0, s2 = 0] = fields;
  const offset = (o0 | (o1 << 8) | (o2 << 16)) + o3 * 0x1000000;
  const size = s0 | (s1 << 8) | (s2 << 16) || 0x10000;
  if (offset + size > base.length) throw brokenDelta();
  return { bytes: base.subarray(offset, offset + size), next };
}

function sizeBytes(size: number): Uint8Array {
  const bytes: number[] = [];
  let rest = size;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest & 0x7f) | 0x80);
  return Uint8Array.from([...bytes, rest]);
}

function readSize(bytes: Uint8Array, from: number): { value: number; next: number } {
  let value = 0;
  let next = from;
  for (let scale = 1; ; scale *= 0x80) {
    const byte = bytes[next++];
    if (byte === undefined || next - from > 7) throw brokenDelta();
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return { value, next };
  }
}

function brokenDelta(): StoreError {
  return new StoreError('REMOTE_INVALID', 'a pack holds a delta that does not fit its base', {
    hint: 'run git fsck in the repository on the server',
  });
}
