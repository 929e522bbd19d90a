/**
 * An immutable map that is cheap to change: 256 buckets, of which one is copied per change. A hundred thousand
 * jobs cost a change no more than a thousand do, and an old table stays as it was.
 */
const BUCKETS = 256;

export class Table<T> implements Iterable<T> {
  readonly size: number;
  private readonly buckets: readonly (ReadonlyMap<string, T> | undefined)[];

  private constructor(buckets: readonly (ReadonlyMap<string, T> | undefined)[], size: number) {
    this.buckets = buckets;
    this.size = size;
  }

  static readonly empty = new Table<never>([], 0);

  static of<T>(entries: Iterable<readonly [string, T]>): Table<T> {
    return new Table<T>([], 0).withAll(entries);
  }

  get(id: string): T | undefined {
    return this.buckets[bucketOf(id)]?.get(id);
  }

  has(id: string): boolean {
    return this.buckets[bucketOf(id)]?.has(id) ?? false;
  }

  with(id: string, value: T): Table<T> {
    return this.withAll([[id, value]]);
  }

  without(id: string): Table<T> {
    return this.has(id) ? this.withAll([[id, null]]) : this;
  }

  *entries(): IterableIterator<readonly [string, T]> {
    for (const bucket of this.buckets) if (bucket) yield* bucket;
  }

  *[Symbol.iterator](): IterableIterator<T> {
    for (const bucket of this.buckets) if (bucket) yield* bucket.values();
  }

  /** Many changes at once, `null` removing: each bucket is copied at most once. */
  withAll(changes: Iterable<readonly [string, T | null]>): Table<T> {
    const buckets = this.buckets.slice();
    const copied = new Set<number>();
    let size = this.size;
    for (const [id, value] of changes) {
      const at = bucketOf(id);
      const bucket = copied.has(at) ? (buckets[at] as Map<string, T>) : new Map(buckets[at]);
      copied.add(at);
      buckets[at] = bucket;
      size -= bucket.size;
      if (value === null) bucket.delete(id);
      else bucket.set(id, value);
      size += bucket.size;
    }
    return copied.size === 0 ? this : new Table(buckets, size);
  }
}

/** FNV-1a: ids that share their first ten characters of time must still spread. */
function bucketOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return (hash >>> 8) % BUCKETS;
}
