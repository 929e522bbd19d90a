/**
 * The judge: reads what the branch really holds, with the system's git on the bare repository, and holds it against
 * what the writers were told. Believes no variant, and counts each id in the messages of the whole history.
 */
import { git } from '../git.ts';
import { jobPathOf, OPERATION_ID } from './operation.ts';
import { REF } from './seed.ts';

export interface Claims {
  /** The writers were told that these landed. */
  readonly landed: readonly string[];
  /** These may be there or not: their writers were stopped in the middle. */
  readonly open: readonly string[];
}

export interface Verdict {
  /** Told "landed", but not in the history, or without its file at the end. */
  readonly lost: readonly string[];
  /** In more than one commit. */
  readonly doubled: readonly string[];
  /** In the history, though its writer was told that it is not, or never sent it. */
  readonly unexpected: readonly string[];
}

export async function verify(repository: string, { base, claims }: { base: string; claims: Claims }): Promise<Verdict> {
  const commitsOf = await countCommits(repository, base);
  const files = await filesAtTheEnd(repository);
  const expected = new Set([...claims.landed, ...claims.open]);
  return {
    lost: claims.landed.filter((id) => !commitsOf.has(id) || !files.has(jobPathOf(id))),
    doubled: [...commitsOf].filter(([, count]) => count > 1).map(([id]) => id),
    unexpected: [...commitsOf.keys()].filter((id) => !expected.has(id)),
  };
}

export function isClean({ lost, doubled, unexpected }: Verdict): boolean {
  return lost.length + doubled.length + unexpected.length === 0;
}

export function verdictText({ lost, doubled, unexpected }: Verdict): string {
  const some = (ids: readonly string[]) => `${ids.length}${ids.length > 0 ? ` (${ids.slice(0, 3).join(', ')}…)` : ''}`;
  return `lost ${some(lost)}, doubled ${some(doubled)}, unexpected ${some(unexpected)}`;
}

/** Id → the number of commits that name it. A commit may name one several times, in subject and trailers. */
async function countCommits(repository: string, base: string): Promise<Map<string, number>> {
  const history = await git(['log', '-z', '--format=%B', `${base}..${REF}`], { cwd: repository });
  const counts = new Map<string, number>();
  for (const message of history.split('\0')) {
    for (const id of new Set(message.match(OPERATION_ID))) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

async function filesAtTheEnd(repository: string): Promise<Set<string>> {
  const listing = await git(['ls-tree', '-r', '-z', '--name-only', REF], { cwd: repository });
  return new Set(listing.split('\0'));
}
