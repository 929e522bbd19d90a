/**
 * Lets the oldest parts of the archive go, and the oldest of what prediction learns from. They stay in the history, and in the
 * epochs that were cut from it.
 */
import { endOfArchiveFolder } from '../../archive-folder.ts';
import { accept, type Decision, refuse } from '../../decision.ts';
import type { Change, State } from '../../state.ts';
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

export function pruneArchive(state: State, { now }: PruneArchive): Decision<Pruned> {
  const { archive, yard } = state;
  const keptMs = yard.retention.archiveDays * DAY_MS;
  const overdue = [...archive]
    .filter((it) => isBefore(after(endOfArchiveFolder(it.id), keptMs), now))
    .sort((a, b) => (endOfArchiveFolder(a.id) < endOfArchiveFolder(b.id) ? -1 : 1));
  let files = 0;
  const going = overdue.filter((it, at) => {
    files += it.files;
    return at === 0 || files <= PRUNED_AT_ONCE;
  });
  const metrics = overdueMetrics(state);
  if (going.length + metrics.length === 0) return refuse('NOTHING_TO_DO', 'no part of the archive is old enough to go');
  const folders = [...going.map((it) => it.id), ...metrics.map((id) => `metrics/${id}`)];
  const gone = going.reduce((sum, it) => sum + it.files, 0) + metrics.length;
  const changes: Change[] = [
    ...going.map(({ id }) => ({ kind: 'prune', id }) as const),
    ...metrics.map((id) => ({ kind: 'metrics-gone', id }) as const),
  ];
  return accept({ folders, files: gone }, changes, `prune ${gone} files of ${folders.join(', ').slice(0, 200)}`);
}

function overdueMetrics({ metrics, yard }: State): readonly string[] {
  const oldestFirst = [...metrics].map((it) => it.id).sort(byMonthAndPart);
  return oldestFirst.slice(0, Math.max(0, oldestFirst.length - Math.max(1, yard.retention.metricsFiles)));
}

/** `2026-11-10` comes after `2026-11-9`. */
function byMonthAndPart(a: string, b: string): number {
  const [month, other] = [a, b].map((it) => it.slice(0, 'yyyy-mm'.length)) as [string, string];
  return month === other ? partOf(a) - partOf(b) : month < other ? -1 : 1;
}

const partOf = (id: string): number => Number(id.slice('yyyy-mm-'.length) || '1');
