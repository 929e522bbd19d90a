/** Which commit follows which, as far as a fetch has told. Knows no trees. */
import { type CommitFields, decodeCommit } from './codec/commit.ts';
import type { GitObject } from './codec/object.ts';
import type { Oid } from './codec/oid.ts';

export function commitsOf(objects: readonly GitObject[]): Map<Oid, CommitFields> {
  const commits = objects.filter((it) => it.type === 'commit');
  return new Map(commits.map((it) => [it.oid, decodeCommit(it.body)]));
}

type Commits = ReadonlyMap<Oid, CommitFields>;

/** Whether the old head is among the ancestors of the new one, whatever merges lie between. */
export const descends = (head: Oid, ancestor: Oid, commits: Commits): boolean =>
  has(ancestors(head, commits), ancestor);

function has(oids: Iterable<Oid>, wanted: Oid): boolean {
  for (const oid of oids) if (oid === wanted) return true;
  return false;
}

/** Which of a commit's parents was the head before it: the one with a commit of its own that surely was; else the first. */
export function formerHead(
  parents: readonly Oid[],
  commits: Commits,
  wasHead: (commit: CommitFields) => boolean,
): Oid | undefined {
  if (parents.length < 2) return parents[0];
  const sides = parents.map((parent) => new Set(ancestors(parent, commits)));
  const isOwn = (oid: Oid, at: number) => !sides.some((side, other) => other !== at && side.has(oid));
  const leading = parents.findIndex((_, at) =>
    [...(sides[at] ?? [])].some((oid) => {
      const commit = commits.get(oid);
      return commit !== undefined && isOwn(oid, at) && wasHead(commit);
    }),
  );
  return parents[Math.max(0, leading)];
}

/** The commit itself and all that it comes from, as far as they are known. */
function* ancestors(head: Oid, commits: Commits): Iterable<Oid> {
  const open = [head];
  const seen = new Set(open);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    yield next;
    const parents = (commits.get(next)?.parents ?? []).filter((parent) => !seen.has(parent));
    for (const parent of parents) seen.add(parent);
    open.push(...parents);
  }
}
