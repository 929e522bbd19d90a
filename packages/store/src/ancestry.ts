/** Which commit follows which, as far as a fetch has told. Knows no trees. */
import { type CommitFields, decodeCommit } from './codec/commit.ts';
import type { GitObject } from './codec/object.ts';
import type { Oid } from './codec/oid.ts';

export function commitsOf(objects: readonly GitObject[]): Map<Oid, CommitFields> {
  const commits = objects.filter((it) => it.type === 'commit');
  return new Map(commits.map((it) => [it.oid, decodeCommit(it.body)]));
}

/** Whether the old head is among the ancestors of the new one, whatever merges lie between. */
export function descends(head: Oid, ancestor: Oid, commits: ReadonlyMap<Oid, CommitFields>): boolean {
  const open = [head];
  const seen = new Set(open);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === ancestor) return true;
    const parents = (commits.get(next)?.parents ?? []).filter((parent) => !seen.has(parent));
    for (const parent of parents) seen.add(parent);
    open.push(...parents);
  }
  return false;
}
