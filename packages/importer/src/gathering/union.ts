/**
 * All entries of all versions of all files, each once. Versions come newest first, so the first that is seen is the latest
 * state. Two entries of one id that do not say the same are two: ids of the predecessor were given by hosts that could not
 * see each other.
 */
import type { Time } from '@gityard/domain';
import type { Fields, Item } from '../reading/items-in.ts';
import { digestOf } from '../shapes/candidate.ts';

export interface Place {
  readonly path: string;
  readonly line: number | null;
  readonly commit: string | null;
}

export interface Entry {
  readonly item: Item;
  readonly place: Place;
  readonly server: string | null;
  /** Of the oldest version that has it. */
  readonly fileTime: Time | null;
  /** What its file was damaged by; null: nothing. */
  readonly damage: string | null;
  /** The commit that lost it; null: it is there now. */
  readonly lostIn: string | null;
}

export interface Unite {
  /** What it is told from others by, beside its id. */
  readonly words: readonly string[];
  readonly idOf: (item: Item) => string | null;
  /** True when the second knows more of the same thing, such as its end. */
  readonly knowsMore?: (known: Fields, other: Fields) => boolean;
}

export class Union {
  private readonly byId = new Map<string, Entry[]>();
  private readonly unite: Unite;

  constructor(unite: Unite) {
    this.unite = unite;
  }

  add(entry: Entry): void {
    const { idOf, words, knowsMore } = this.unite;
    const id = idOf(entry.item) ?? `\0${digestOf(...words.map((it) => entry.item.fields[it] ?? null))}`;
    const variants = this.byId.get(id);
    const at = variants?.findIndex((it) => saysSame(it.item.fields, entry.item.fields, words)) ?? -1;
    const known = variants?.[at];
    if (!variants || !known) {
      this.byId.set(id, [...(variants ?? []), entry]);
      return;
    }
    const fileTime = earlier(known.fileTime, entry.fileTime);
    const isBetter = entry.lostIn === null && knowsMore?.(known.item.fields, entry.item.fields) === true;
    if (isBetter) variants[at] = { ...entry, fileTime };
    else if (fileTime !== known.fileTime) variants[at] = { ...known, fileTime };
  }

  *[Symbol.iterator](): IterableIterator<Entry> {
    for (const variants of this.byId.values()) yield* variants;
  }
}

/** What nobody says is no difference: a version of the program may have left a field out. */
const saysSame = (a: Fields, b: Fields, words: readonly string[]): boolean =>
  words.every((word) => a[word] === b[word] || isSameValue(a[word], b[word]));

function isSameValue(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return (a ?? null) === (b ?? null);
  return digestOf(a) === digestOf(b);
}

const earlier = (a: Time | null, b: Time | null): Time | null => (a === null || b === null ? (a ?? b) : a < b ? a : b);
