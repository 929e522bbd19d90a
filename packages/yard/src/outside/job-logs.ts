/** The newest logs of jobs for many who follow them: one look serves all who ask right after each other, and a log is put together once. */
import type { Snapshot } from '@gityard/store';
import { type LogFile, type LogsRef, newestOf } from '../refs/logs.ts';
import { latestLogs } from './latest-logs.ts';

/** Answers the files of the job's newest log, in order of their names; none where there is none yet. Throws StoreError. */
export function jobLogs(logs: Pick<LogsRef, 'look'>): (job: string) => Promise<readonly LogFile[]> {
  const latest = latestLogs(logs);
  let known = new Map<string, readonly LogFile[]>();
  let of: Snapshot | undefined;
  return async (job) => {
    const snapshot = await latest.look();
    if (snapshot !== of) known = new Map();
    of = snapshot;
    const files = known.get(job) ?? (snapshot ? newestOf(snapshot, job) : []);
    known.set(job, files);
    return files;
  };
}
