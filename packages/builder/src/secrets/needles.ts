/**
 * What must not be seen, so arranged that a flood of output is searched at the speed of memory: a filter over four bytes says
 * of nearly every place that nothing begins there, and only where it does not, whole needles are compared.
 */
import { formsOf, LEAST_BYTES } from './variants.ts';

const KEY_BYTES = 4;
const FILTER_BITS = 16;

export class Needles {
  private readonly filter = new Uint8Array(1 << FILTER_BITS);
  private readonly byStart = new Map<number, Buffer[]>();
  /** Beginnings that are shorter than a key, for the end of a chunk. */
  private readonly starts = new Set<number>();
  private readonly known = new Set<string>();
  /** Of the longest; 0 while there is none. */
  longestBytes = 0;

  /** False: the value is too short to be looked for. */
  add(value: string): boolean {
    if (this.known.has(value)) return true;
    const forms = formsOf(value);
    if (forms.length === 0) return false;
    this.known.add(value);
    for (const form of forms) this.put(form);
    return true;
  }

  private put(form: Buffer): void {
    const key = keyAt(form, 0);
    const others = this.byStart.get(key) ?? [];
    if (others.some((it) => it.equals(form))) return;
    this.byStart.set(
      key,
      [...others, form].sort((a, b) => b.length - a.length),
    );
    this.filter[hashOf(key)] = 1;
    for (let length = 1; length < KEY_BYTES; length++) this.starts.add(shortKey(form, 0, length));
    this.longestBytes = Math.max(this.longestBytes, form.length);
  }

  /** The first place from there on where one might begin, or the end of what can be told. */
  next(bytes: Uint8Array, from: number): number {
    const { filter } = this;
    const last = bytes.length - KEY_BYTES;
    if (from > last) return bytes.length;
    let key = keyAt(bytes, from);
    for (let at = from; ; at++) {
      if (filter[Math.imul(key, SPREAD) >>> (32 - FILTER_BITS)] === 1) return at;
      if (at === last) return bytes.length;
      key = (key >>> 8) | ((bytes[at + KEY_BYTES] ?? 0) << 24);
    }
  }

  /** How many bytes of the longest one stand there; 0: none does. */
  lengthAt(bytes: Buffer, at: number): number {
    if (at + LEAST_BYTES > bytes.length) return 0;
    const found = this.byStart.get(keyAt(bytes, at))?.find((it) => startsWith(bytes, at, it, it.length));
    return found?.length ?? 0;
  }

  /** Whether what stands there to the end could go on to be one. */
  mayBegin(bytes: Buffer, at: number): boolean {
    const left = bytes.length - at;
    if (left < KEY_BYTES) return this.starts.has(shortKey(bytes, at, left));
    const candidates = this.byStart.get(keyAt(bytes, at)) ?? [];
    return candidates.some((it) => it.length > left && startsWith(bytes, at, it, left));
  }
}

function startsWith(bytes: Buffer, at: number, form: Buffer, length: number): boolean {
  return at + length <= bytes.length && form.compare(bytes, at, at + length, 0, length) === 0;
}

const SPREAD = 0x9e3779b1;
const hashOf = (key: number): number => Math.imul(key, SPREAD) >>> (32 - FILTER_BITS);

function keyAt(bytes: Uint8Array, at: number): number {
  const byte = (offset: number) => bytes[at + offset] ?? 0;
  return byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24);
}

/** The bytes, and how many they are. */
function shortKey(bytes: Uint8Array, at: number, length: number): number {
  let key = length;
  for (let offset = 0; offset < length; offset++) key = key * 256 + (bytes[at + offset] ?? 0);
  return key;
}
