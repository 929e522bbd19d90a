/**
 * What only the history can tell of a broken file: whose commit brought it, and what was valid before. Looks at the
 * newest commits first, because a file is mostly broken a moment ago; the whole past is fetched only when it must be.
 */
import type { History, HistoryCommit, Signature, Snapshot, Transport, TreeEntry } from '@gityard/store';
import { decodeFile } from '../reading/decode-file.ts';
import { readHeads } from './heads.ts';

export interface Past {
  readonly author: string;
  /** Not every source tells it. */
  readonly email?: string;
  /** Who made the commit of what the author wrote; left out: nobody but the author. */
  readonly committer?: Pick<Signature, 'name' | 'email'>;
  /** When the commit that brought the content says it was made. */
  readonly at: string;
  /** The last valid content before it; null: the file was never valid, or was removed in between. */
  readonly lastValid: Uint8Array | null;
}

export interface PastOf {
  readonly transport: Transport;
  readonly ref: string;
  /** The commit that was seen: what came after it is of no interest. */
  readonly commit: string;
  readonly paths: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** Commits asked for at a time; at last all of them. */
const DEPTHS = [50, 2000, undefined] as const;

/** A path that the commit does not have is not in the answer. Throws StoreError. */
export async function pastOf({ transport, ref, commit, paths, signal }: PastOf): Promise<Map<string, Past>> {
  const found = new Map<string, Past>();
  for (const depth of DEPTHS) {
    const history = await readHeads(transport, ref, { depth, signal });
    const wanted = paths.filter((it) => !found.has(it));
    for (const [path, past] of pastsIn(history, { commit, paths: wanted })) found.set(path, past);
    if (history.isWhole || found.size === paths.length) break;
  }
  return found;
}

/** The same, as far as a history that was read already tells it. */
export function pastsIn(history: History, { commit, paths }: Pick<PastOf, 'commit' | 'paths'>): Map<string, Past> {
  const line = lineTo(commit, history);
  const found = new Map<string, Past>();
  for (const path of paths) {
    const past = pastIn(line, path, history.isWhole);
    if (past) found.set(path, past);
  }
  return found;
}

interface Line {
  readonly commit: HistoryCommit;
  readonly snapshot: () => Snapshot;
}

/** That commit and the ones before it, newest first. */
function lineTo(last: string, { commits, snapshotOf }: History): Line[] {
  const until = commits.findIndex((it) => it.oid === last);
  const line = commits.slice(0, until + 1).reverse();
  return line.map((commit) => ({ commit, snapshot: () => snapshotOf(commit.oid) }));
}

/** Undefined: these commits do not reach back far enough. */
function pastIn(line: readonly Line[], path: string, isWhole: boolean): Past | undefined {
  const now = line[0]?.snapshot().entry(path);
  if (!now) return undefined;
  const before = line.findIndex(({ snapshot }) => !isSame(snapshot().entry(path), now));
  const brought = line.at(before === -1 ? -1 : before - 1);
  if (!brought || (before === -1 && !isWhole)) return undefined;

  for (const { snapshot } of before === -1 ? [] : line.slice(before)) {
    const files = snapshot();
    const entry = files.entry(path);
    if (!entry) return pastFrom(brought, null);
    const bytes = files.read(entry.oid);
    if (bytes && decodeFile(entry, bytes).sort === 'entity') return pastFrom(brought, bytes);
  }
  return isWhole ? pastFrom(brought, null) : undefined;
}

const isSame = (a: TreeEntry | undefined, b: TreeEntry): boolean => a?.oid === b.oid && a.mode === b.mode;

const pastFrom = ({ commit: { author, committer } }: Line, lastValid: Uint8Array | null): Past => ({
  author: author.name,
  email: author.email,
  committer,
  at: new Date(author.atSeconds * 1000).toISOString(),
  lastValid,
});
