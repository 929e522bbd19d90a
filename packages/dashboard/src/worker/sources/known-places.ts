/** Where the trees that were read keep which content: a blob can then be fetched by its path, where that is cheaper. */
import type { TreeEntry } from './source.ts';

/** A branch or a commit, and the path there. */
export interface KnownPlace {
  readonly word: string;
  readonly path: string;
}

const MOST = 50_000;

export class KnownPlaces {
  readonly #known = new Map<string, KnownPlace>();

  of(oid: string): KnownPlace | undefined {
    return this.#known.get(oid);
  }

  learn(word: string, entries: readonly TreeEntry[]): void {
    if (this.#known.size + entries.length > MOST) this.#known.clear();
    for (const { oid, path } of entries) this.#known.set(oid, { word, path });
  }
}
