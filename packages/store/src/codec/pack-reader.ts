/**
 * One pack → its objects, each under the name that its content gives it. Deltas are resolved against objects of the
 * pack or of the caller. What is larger than the limit is skipped, not fatal: anyone may push a huge file.
 */
import { createHash } from 'node:crypto';

import { StoreError } from '../errors.ts';
import { applyDelta } from './delta.ts';
import { type GitObject, makeObject } from './object.ts';
import type { Oid } from './oid.ts';
import { type PackedDelta, type PackedEntry, readEntry } from './pack-entry.ts';

export interface PackContents {
  readonly objects: readonly GitObject[];
  /** Bases that neither the pack nor the caller had; what was written against them is left out. */
  readonly missingBases: readonly Oid[];
  /** Where in the pack which object begins. */
  readonly places: ReadonlyMap<number, Oid>;
}

export interface PackReading {
  /** What the caller has: bases of a thin pack. */
  readonly lookup?: ((oid: Oid) => GitObject | undefined) | undefined;
  readonly objectLimitBytes?: number;
  readonly totalLimitBytes?: number;
}

const HEADER_BYTES = 12;
const TRAILER_BYTES = 20;
const MEGABYTE = 1024 * 1024;

export async function readPack(pack: Uint8Array, reading: PackReading = {}): Promise<PackContents> {
  const { lookup, objectLimitBytes = 64 * MEGABYTE, totalLimitBytes = 1024 * MEGABYTE } = reading;
  const count = checkedCount(pack);
  const resolver = new Resolver({ objectLimitBytes, totalLimitBytes });
  const entries = pack.subarray(0, pack.length - TRAILER_BYTES);
  let at = HEADER_BYTES;
  for (let index = 0; index < count; index += 1) {
    const entry = await readEntry(entries, at, { limitBytes: objectLimitBytes });
    resolver.take(entry);
    at = entry.next;
  }
  return resolver.finish(lookup);
}

interface Limits {
  readonly objectLimitBytes: number;
  readonly totalLimitBytes: number;
}

/** Holds each delta back until its base is known, whatever the order in which the two come. */
class Resolver {
  readonly #limits: Limits;
  readonly #objects: GitObject[] = [];
  readonly #places = new Map<number, Oid>();
  readonly #known = new Map<number | Oid, GitObject>();
  readonly #waiting = new Map<number | Oid, PackedDelta[]>();
  #totalBytes = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  take(entry: PackedEntry): void {
    if (entry.kind === 'whole') this.#settle([{ at: entry.at, object: makeObject(entry.type, entry.bytes) }]);
    if (entry.kind === 'delta') this.#takeDelta(entry);
  }

  finish(lookup: PackReading['lookup']): PackContents {
    const missing: Oid[] = [];
    for (const base of [...this.#waiting.keys()]) {
      // A base that is told by place is one of the skipped; what hangs on it is as unreadable as it is itself.
      if (typeof base === 'number' || !this.#waiting.has(base)) continue;
      const object = lookup?.(base);
      if (object) this.#settle(this.#freed(base, object));
      else missing.push(base);
    }
    const missingBases = missing.filter((base) => this.#waiting.has(base));
    return { objects: this.#objects, missingBases, places: this.#places };
  }

  #takeDelta(entry: PackedDelta): void {
    const base = this.#known.get(entry.base);
    if (base) this.#settle([{ at: entry.at, object: this.#resolve(entry, base) }]);
    else this.#waiting.set(entry.base, [...(this.#waiting.get(entry.base) ?? []), entry]);
  }

  /** A list instead of recursion: chains of deltas are as long as the sender likes. */
  #settle(ready: { at: number; object: GitObject }[]): void {
    for (let next = ready.pop(); next; next = ready.pop()) {
      const { at, object } = next;
      this.#count(object);
      this.#objects.push(object);
      this.#places.set(at, object.oid);
      this.#known.set(at, object).set(object.oid, object);
      ready.push(...this.#freed(at, object), ...this.#freed(object.oid, object));
    }
  }

  #freed(base: number | Oid, object: GitObject): { at: number; object: GitObject }[] {
    const entries = this.#waiting.get(base) ?? [];
    this.#waiting.delete(base);
    return entries.map((entry) => ({ at: entry.at, object: this.#resolve(entry, object) }));
  }

  #resolve(entry: PackedDelta, base: GitObject): GitObject {
    return makeObject(base.type, applyDelta(base.body, entry.bytes, { limitBytes: this.#limits.objectLimitBytes }));
  }

  #count(object: GitObject): void {
    this.#totalBytes += object.body.length;
    if (this.#totalBytes > this.#limits.totalLimitBytes) throw brokenPack('is too large to be taken into memory');
  }
}

function checkedCount(pack: Uint8Array): number {
  const bytes = Buffer.from(pack.buffer, pack.byteOffset, pack.length);
  if (bytes.length < HEADER_BYTES + TRAILER_BYTES) throw brokenPack('is cut');
  if (bytes.toString('latin1', 0, 4) !== 'PACK' || bytes.readUInt32BE(4) !== 2) throw brokenPack('has an unknown form');

  const digest = createHash('sha1').update(bytes.subarray(0, -TRAILER_BYTES)).digest();
  if (!digest.equals(bytes.subarray(-TRAILER_BYTES))) throw brokenPack('does not match its own checksum');
  return bytes.readUInt32BE(8);
}

function brokenPack(what: string): StoreError {
  return new StoreError('REMOTE_INVALID', `the pack that the server sent ${what}`, {
    hint: 'try again; if it stays so, run git fsck in the repository on the server',
  });
}
