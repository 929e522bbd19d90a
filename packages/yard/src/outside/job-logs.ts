/**
 * The newest logs of jobs for many who follow them: one look serves all who ask right after each other, and a log that has not
 * grown is the same list again, so that nobody reads it twice.
 */
import { type LogFile, type LogsRef, newestOf } from '../refs/logs.ts';
import { latestLogs } from './latest-logs.ts';

const MOST_KNOWN = 50;

/** Answers the files of the job's newest log, in order of their names; none where there is none yet. Throws StoreError. */
export function jobLogs(logs: Pick<LogsRef, 'look'>): (job: string) => Promise<readonly LogFile[]> {
  const latest = latestLogs(logs);
  const known = new Map<string, readonly LogFile[]>();
  return async (job) => {
    const snapshot = await latest.look();
    const [before, files] = [known.get(job), snapshot ? newestOf(snapshot, job) : []];
    if (before && isSame(before, files)) return before;
    known.set(job, files);
    const [oldest = ''] = known.keys();
    if (known.size > MOST_KNOWN) known.delete(oldest);
    return files;
  };
}

/** Contents are read once, and bear their own name. */
const isSame = (a: readonly LogFile[], b: readonly LogFile[]): boolean =>
  a.length === b.length && a.every((it, at) => it.path === b[at]?.path && it.content === b[at]?.content);
