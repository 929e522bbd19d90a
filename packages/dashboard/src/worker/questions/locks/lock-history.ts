/** Through whose hands a lock went: the commits that touched its file, and what they say they did to it. */

import { commitsOverCuts } from '../../past/over-cuts.ts';
import { type ChangeRow, toldIn } from '../changes/told-in.ts';
import type { Reading } from '../question.ts';
import { placeAt } from '../state-files.ts';

export interface LockHistory {
  readonly rows: readonly ChangeRow[];
  readonly isCut: boolean;
}

const MOST_COMMITS = 40;

export async function lockHistory(
  reading: Reading,
  { name, at }: { readonly name: string; readonly at: string },
): Promise<LockHistory> {
  const wanted = { count: MOST_COMMITS, path: `shared/locks/${name}.json` };
  const { commits } = await commitsOverCuts(reading, placeAt(at), wanted);
  return { rows: commits.flatMap((it) => aboutLock(toldIn(it), name)), isCut: commits.length === MOST_COMMITS };
}

/** Jobs take and leave their locks in passing: where no operation of a commit names the lock, those of jobs did it. */
function aboutLock(rows: readonly ChangeRow[], name: string): readonly ChangeRow[] {
  const named = rows.filter((it) => it.lock === name);
  const ofJobs = rows.filter((it) => it.job !== null && it.lock === null);
  return named.length > 0 ? named : ofJobs.length > 0 ? ofJobs : rows;
}
