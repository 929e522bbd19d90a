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
    const buckets: Map<string, T>[] = [];
    let size = 0;
    for (const [id, value] of entries) {
      const bucket = buckets[bucketOf(id)] ?? new Map<string, T>();
      buckets[bucketOf(id)] = bucket;
      if (!bucket.has(id)) size++;
      bucket.set(id, value);
    }
    return new Table(buckets, size);
  }

  get(id: string): T | undefined {
    return this.buckets[bucketOf(id)]?.get(id);
  }

  has(id: string): boolean {
    return this.buckets[bucketOf(id)]?.has(id) ?? false;
  }

  with(id: string, value: T): Table<T> {
    return this.changed(id, (bucket) => bucket.set(id, value));
  }

  without(id: string): Table<T> {
    return this.has(id) ? this.changed(id, (bucket) => bucket.delete(id)) : this;
  }

  *entries(): IterableIterator<readonly [string, T]> {
    for (const bucket of this.buckets) if (bucket) yield* bucket;
  }

  *[Symbol.iterator](): IterableIterator<T> {
    for (const bucket of this.buckets) if (bucket) yield* bucket.values();
  }

  private changed(id: string, change: (bucket: Map<string, T>) => void): Table<T> {
    const at = bucketOf(id);
    const before = this.buckets[at];
    const bucket = new Map(before);
    change(bucket);
    const buckets = this.buckets.slice();
    buckets[at] = bucket;
    return new Table(buckets, this.size + bucket.size - (before?.size ?? 0));
  }
}

/** FNV-1a: ids that share their first ten characters of time must still spread. */
function bucketOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return (hash >>> 8) % BUCKETS;
}
