/**
 * The whole past of a ref, fetched only when somebody asks for it: every commit of the first line, with its files. Where
 * a history was cut, what lies before the cut is read as well, as far as it was kept.
 */
import type { Oid } from './codec/oid.ts';
import { StoreError } from './errors.ts';
import { type HistoryCommit, Past, type PastOptions } from './past.ts';
import type { Snapshot } from './snapshot.ts';
import type { Predecessor, PredecessorOf } from './succession.ts';
import type { Transport } from './transports/transport.ts';

export interface History {
  /** What the ref was, one after the other, oldest first. After a cut stands the commit that was made there, which has no parent. */
  readonly commits: readonly HistoryCommit[];
  /** What the oldest commit says comes before it, and nobody has. */
  readonly missing: Predecessor | undefined;
  /** Nothing older is to be had. */
  readonly isWhole: boolean;
  /** The files at one of these commits. */
  snapshotOf(commit: Oid): Snapshot;
  /** What a path stands for at one of them, a file or a folder; cheaper than its files. */
  oidAt(commit: Oid, path: string): Oid | undefined;
  /** The bytes of a file of any of them; undefined: no such file, or one that was too large to be fetched. */
  read(oid: Oid): Uint8Array | undefined;
  /** The same with what came since, for which only that is fetched; undefined: the ref does not follow it any more. */
  readOn(signal?: AbortSignal): Promise<History | undefined>;
}

export interface ReadHistory extends PastOptions {
  /** So many commits, newest first; all of them, when left out. */
  readonly depth?: number | undefined;
  /** Without it nothing is read from before a cut. */
  readonly predecessorOf?: PredecessorOf | undefined;
  /** Where former histories may be kept, beside the repository itself. */
  readonly elsewhere?: readonly Transport[];
}

export async function readHistory(transport: Transport, ref: string, options: ReadHistory = {}): Promise<History> {
  const { depth = Number.POSITIVE_INFINITY, predecessorOf, elsewhere = [] } = options;
  const past = new Past(options);
  if (!(await past.takeFrom(transport, { ref, depth }))) {
    throw new StoreError('BRANCH_MISSING', `${ref} does not exist in ${transport.name}`, { hint: 'check its name' });
  }
  let missing: Predecessor | undefined;
  while (past.first?.parents.length === 0 && past.commits.length < depth && !missing) {
    const former = predecessorOf?.(past.snapshotOf(past.first.oid));
    if (!former) break;
    const wanted = { ...former, depth: depth - past.commits.length };
    missing = former;
    for (const source of [transport, ...elsewhere])
      if (missing && (await past.takeFrom(source, wanted))) missing = undefined;
  }
  const isWhole = past.first?.parents.length === 0 && (missing !== undefined || past.commits.length < depth);
  return historyOf(past, { transport, ref, missing, isWhole });
}

type Known = Pick<History, 'missing' | 'isWhole'> & { readonly transport: Transport; readonly ref: string };

function historyOf(past: Past, known: Known): History {
  const { transport, ref, missing, isWhole } = known;
  return {
    commits: past.commits,
    missing,
    isWhole,
    snapshotOf: (commit) => past.snapshotOf(commit),
    oidAt: (commit, path) => past.oidAt(commit, path),
    read: (oid) => past.read(oid),
    readOn: async (signal) => ((await past.takeSince(transport, { ref, signal })) ? historyOf(past, known) : undefined),
  };
}
