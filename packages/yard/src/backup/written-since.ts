/** What a yard that can still be read holds since a backup was made of it: that much a restore over it leaves behind. */
import { readHistory, type Transport } from '@gityard/store';
import { operationsIn } from '../writing/commit-message.ts';

export interface WrittenSince {
  readonly commits: number;
  /** Of jobs that these commits tell of, each once. */
  readonly jobs: readonly string[];
}

/** Null: nobody can know by this repository, for it has no such yard, another one, or one that cannot be read. */
export async function writtenSince(
  target: Transport,
  { ref, head }: { readonly ref: string; readonly head: string },
): Promise<WrittenSince | null> {
  // Damage has many names, and none of them is to keep a yard from being made again.
  const history = await readHistory(target, ref).catch(() => null);
  const at = history?.commits.findIndex((it) => it.oid === head) ?? -1;
  if (!history || at < 0) return null;
  const commits = history.commits.slice(at + 1);
  const jobs = commits.flatMap((it) => operationsIn(it.message).flatMap(({ job }) => job ?? []));
  return { commits: commits.length, jobs: [...new Set(jobs)] };
}
