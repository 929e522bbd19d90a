/**
 * A history may be cut: a new first commit repeats the files of the old head and names it, and the old one is kept under
 * another ref. This proves, link by link, that a head which does not descend from what was seen goes on from it.
 */
import { commitsOf, descends } from './ancestry.ts';
import type { CommitFields } from './codec/commit.ts';
import type { GitObject } from './codec/object.ts';
import type { Oid } from './codec/oid.ts';
import type { Before } from './fetch-next.ts';
import { type Snapshot, snapshotOf } from './snapshot.ts';
import type { FetchedRef, Transport } from './transports/transport.ts';
import type { TreeNode } from './tree-node.ts';

/** What the first commit of a history says of the one that it goes on from. */
export interface Predecessor {
  /** Its last commit. */
  readonly head: Oid;
  /** Where that is kept. */
  readonly ref: string;
  /** The file that says so; every other is as it was. */
  readonly file: string;
}

/** Reads the predecessor out of the files of a first commit; undefined: it has none. */
export type PredecessorOf = (first: Snapshot) => Predecessor | undefined;

export interface Succession {
  readonly transport: Transport;
  readonly predecessorOf: PredecessorOf;
  readonly build: (tree: Oid, fetched: ReadonlyMap<Oid, GitObject>) => TreeNode;
  readonly signal: AbortSignal;
}

export type Commits = ReadonlyMap<Oid, CommitFields>;

interface Line {
  readonly head: Oid;
  readonly commits: Commits;
  readonly objects: ReadonlyMap<Oid, GitObject>;
}

/** Histories are cut by people, now and then. More cuts than this between two looks are an attack on our patience. */
const MOST_CUTS = 1_000;

/** Every commit from the last one seen to the head, those before the cuts included. Undefined: it is not proven. */
export async function commitsSince(
  last: Before,
  fetched: FetchedRef & { head: Oid },
  succession: Succession,
): Promise<Commits | undefined> {
  const between = new Map<Oid, CommitFields>();
  let line: Line | undefined = lineOf(fetched.head, fetched.objects);
  for (let cuts = 0; line && cuts < MOST_CUTS; cuts += 1) {
    for (const [oid, commit] of line.commits) between.set(oid, commit);
    if (cuts > 0 && descends(line.head, last.commit, line.commits)) return between;
    line = await lineBefore(line, last, succession);
  }
  return undefined;
}

/** The history that this one was cut from, when what the cut says of it is true. */
async function lineBefore(line: Line, last: Before, succession: Succession): Promise<Line | undefined> {
  const first = snapshotAt(firstOf(line), line, succession);
  const former = first && succession.predecessorOf(first);
  if (!former) return undefined;
  const seen = former.head === last.commit ? last.snapshot : undefined;
  const before = seen ? lineOf(last.commit, []) : await fetchLine(former, last, succession);
  const files = seen ?? (before && snapshotAt(former.head, before, succession));
  return files && isSameBut(former.file, first, files) ? before : undefined;
}

async function fetchLine({ head, ref }: Predecessor, last: Before, { transport, signal }: Succession) {
  const fetched = await transport.fetchRef({ ref, have: last.snapshot ? [last.commit] : [], signal });
  return fetched.head === head ? lineOf(head, fetched.objects) : undefined;
}

function snapshotAt(commit: Oid | undefined, { commits, objects }: Line, { build }: Succession): Snapshot | undefined {
  const tree = commit === undefined ? undefined : commits.get(commit)?.tree;
  return commit === undefined || tree === undefined ? undefined : snapshotOf({ commit, root: build(tree, objects) });
}

function lineOf(head: Oid, objects: readonly GitObject[]): Line {
  return { head, commits: commitsOf(objects), objects: new Map(objects.map((it) => [it.oid, it])) };
}

/** The commit without a parent that the first line leads to; undefined where the server sent no such. */
function firstOf({ head, commits }: Line): Oid | undefined {
  let oid = head;
  for (let parent = commits.get(oid)?.parents[0]; parent !== undefined; parent = commits.get(oid)?.parents[0])
    oid = parent;
  return commits.has(oid) ? oid : undefined;
}

export function isSameBut(file: string, first: Snapshot, before: Snapshot): boolean {
  for (const { path } of first.changesSince(before)) if (path !== file) return false;
  return true;
}
