/** Lets the oldest parts of the archive go. They stay in the history, and in the epochs that were cut from it. */
import { endOfArchiveFolder } from '../../archive-folder.ts';
import { accept, type Decision, refuse } from '../../decision.ts';
import type { State } from '../../state.ts';
import { after, DAY_MS, isBefore, type Time } from '../../time.ts';

export interface PruneArchive {
  readonly now: Time;
}

export interface Pruned {
  readonly folders: readonly string[];
  readonly files: number;
}

/** In one commit; a folder goes whole, so one larger than this goes alone. */
const PRUNED_AT_ONCE = 5_000;

export function pruneArchive({ archive, yard }: State, { now }: PruneArchive): Decision<Pruned> {
  const keptMs = yard.retention.archiveDays * DAY_MS;
  const overdue = [...archive]
    .filter((it) => isBefore(after(endOfArchiveFolder(it.id), keptMs), now))
    .sort((a, b) => (endOfArchiveFolder(a.id) < endOfArchiveFolder(b.id) ? -1 : 1));
  let files = 0;
  const going = overdue.filter((it, at) => {
    files += it.files;
    return at === 0 || files <= PRUNED_AT_ONCE;
  });
  if (going.length === 0) return refuse('NOTHING_TO_DO', 'no part of the archive is old enough to go');
  const folders = going.map((it) => it.id);
  const gone = going.reduce((sum, it) => sum + it.files, 0);
  const changes = folders.map((id) => ({ kind: 'prune', id }) as const);
  return accept({ folders, files: gone }, changes, `prune ${gone} files of ${folders.join(', ').slice(0, 200)}`);
}
