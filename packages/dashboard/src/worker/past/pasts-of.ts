/**
 * What the history tells of files that were broken at a commit: who broke each, and what it said before while it was valid.
 * The yard keeps that version in force, so whoever looks back sees it too. A request or two for each, and few are ever broken.
 */
import { isValid, type Past } from '@gityard/yard/reading';
import type { Reading } from '../questions/question.ts';
import type { CommitEntry } from '../sources/source.ts';
import { commitsOverCuts } from './over-cuts.ts';

/** Of more than so many something else is wrong than a slip of the pen. */
const MOST_FILES = 20;
/** So often somebody may have tried to mend it. */
const MOST_VERSIONS = 10;

interface Wanted {
  readonly commit: string;
  readonly paths: readonly string[];
}

export async function pastsOf(reading: Reading, { commit, paths }: Wanted): Promise<ReadonlyMap<string, Past>> {
  const found = await Promise.all(
    paths.slice(0, MOST_FILES).map(async (path) => [path, await pastOf(reading, { commit, path })] as const),
  );
  return new Map(found.flatMap(([path, past]) => (past ? [[path, past] as const] : [])));
}

async function pastOf(
  reading: Reading,
  { commit, path }: { readonly commit: string; readonly path: string },
): Promise<Past | undefined> {
  const { commits } = await commitsOverCuts(reading, { commit }, { count: MOST_VERSIONS + 1, path });
  const [brought, ...earlier] = commits;
  if (!brought) return undefined;
  const { author, at } = brought;
  return { author, at, lastValid: await lastValidIn(reading, { path, commits: earlier }) };
}

/** null: it never was, as far as was looked, or somebody removed it in between. */
async function lastValidIn(
  reading: Reading,
  { path, commits }: { readonly path: string; readonly commits: readonly CommitEntry[] },
): Promise<Uint8Array | null> {
  for (const { commit } of commits) {
    const file = await reading.file({ commit }, path);
    if (!file) return null;
    if (isValid(path, file.bytes)) return file.bytes;
  }
  return null;
}
