/**
 * The files of a job's logs on the ref of the logs, an entry for each attempt that left one: `<agent>/logs/<job>_<stamp>`
 * with `.1.log`, `.2.log`, … for what was printed, `.json` for what is said of it, and `.md` to be read.
 */
import type { Attempt } from '@gityard/domain';
import type { Place, TreeEntry } from '../../sources/source.ts';
import type { Reading } from '../question.ts';

export interface AttemptLog {
  /** Of the attempt, as the job counts them. Where nobody knows the job, the first that left a log is 1. */
  readonly number: number;
  readonly stem: string;
  readonly agent: string;
  readonly startedAt: string;
  /** In the order in which they were printed. */
  readonly chunks: readonly TreeEntry[];
  /** They come with the whole of it: without them the attempt still runs, or was lost. */
  readonly record: TreeEntry | null;
  readonly page: TreeEntry | null;
}

export interface LogsAsked {
  readonly id: string;
  /** Who tried it and when, in order; null: not known, so that all logs are looked through. */
  readonly attempts: readonly Tried[] | null;
  readonly place: Place;
}

export type Tried = Pick<Attempt, 'number' | 'agent' | 'startedAt'>;

const FILE = /^(.+)\/logs\/([^/]+)_(\d{8}T\d{6}Z)\.(?:(\d+)\.log|(json|md))$/;

/** Oldest first. */
export async function attemptLogs(
  reading: Reading,
  { id, attempts, place }: LogsAsked,
): Promise<readonly AttemptLog[]> {
  const folders = attempts === null ? [''] : [...new Set(attempts.map(({ agent }) => `${agent}/logs`))];
  const trees = await Promise.all(folders.map((folder) => reading.tree(place, folder)));
  const logs = new Map<
    string,
    { agent: string; stamp: string; files: { entry: TreeEntry; chunk: number; end: string }[] }
  >();
  for (const entry of trees.flat()) {
    const [, agent = '', job, stamp = '', chunk = '0', end = ''] = FILE.exec(entry.path) ?? [];
    if (job !== id) continue;
    const stem = `${agent}/logs/${id}_${stamp}`;
    const log = logs.get(stem) ?? { agent, stamp, files: [] };
    log.files.push({ entry, chunk: Number(chunk), end });
    logs.set(stem, log);
  }
  const found = [...logs]
    .sort(([, a], [, b]) => (a.stamp < b.stamp ? -1 : 1))
    .map(([stem, { agent, stamp, files }]) => ({
      stem,
      agent,
      startedAt: timeOf(stamp),
      chunks: files
        .filter((it) => it.chunk > 0)
        .sort((a, b) => a.chunk - b.chunk)
        .map((it) => it.entry),
      record: files.find((it) => it.end === 'json')?.entry ?? null,
      page: files.find((it) => it.end === 'md')?.entry ?? null,
    }));
  return numbered(found, attempts ?? []);
}

/**
 * A server that fell silent at once left no log, and old logs go first. Each is of the last attempt of its server that had
 * begun by then; where every attempt left one the order alone tells, because clocks may not.
 */
function numbered(logs: readonly Omit<AttemptLog, 'number'>[], attempts: readonly Tried[]): readonly AttemptLog[] {
  if (logs.length === attempts.length)
    return logs.map((log, at) => ({ number: attempts[at]?.number ?? at + 1, ...log }));
  return logs.map((log, at) => {
    const own = attempts.filter(({ agent }) => agent === log.agent);
    const begun = own.findLast(({ startedAt }) => Date.parse(startedAt) <= Date.parse(log.startedAt) + SECOND_MS);
    return { number: (begun ?? own[0])?.number ?? at + 1, ...log };
  });
}

/** The name of a log counts whole seconds. */
const SECOND_MS = 1_000;

/** 20251113T102030Z → 2025-11-13T10:20:30Z */
const timeOf = (stamp: string): string =>
  stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
