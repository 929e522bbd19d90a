/**
 * Folders that were fetched or pushed lately, and the trees of commits: what the next push is compared with, so that it
 * needs no request but its own. What is forgotten here is asked for.
 */
import type { GitObject } from '../../codec/object.ts';
import type { Oid } from '../../codec/oid.ts';

const MOST_FOLDERS = 5_000;
const MOST_COMMITS = 100;

export class Known {
  readonly #folders = new Map<Oid, GitObject>();
  readonly #trees = new Map<Oid, Oid>();

  commit(commit: Oid, tree: Oid): void {
    put(this.#trees, { name: commit, value: tree, most: MOST_COMMITS });
  }

  keep(objects: Iterable<GitObject>): void {
    for (const it of objects) {
      if (it.type !== 'tree') continue;
      // Without the rest of what came with it.
      const { oid, type, body } = it;
      put(this.#folders, { name: oid, value: { oid, type, body }, most: MOST_FOLDERS });
    }
  }

  treeOf(commit: Oid): Oid | undefined {
    return this.#trees.get(commit);
  }

  folder(oid: Oid): GitObject | undefined {
    return this.#folders.get(oid);
  }
}

function put<T>(into: Map<Oid, T>, { name, value, most }: { name: Oid; value: T; most: number }): void {
  // To the end of the line: who is first there has not been needed for longest.
  into.delete(name);
  into.set(name, value);
  const [oldest] = into.size > most ? into.keys() : [];
  if (oldest !== undefined) into.delete(oldest);
}
