/** The log of a job for readers of the API, line by line with times and levels, also while it is being written. */
import { setTimeout as delay } from 'node:timers/promises';
import type { LogPiece, ReadLog } from '@gityard/api';
import { currentAttempt, type Found, isFinished, type Job, type Time } from '@gityard/domain';
import type { LogFile } from '@gityard/yard';
import { NewLines } from '../job-log/new-lines.ts';
import { isWhole, type JobLog, jobLogIn } from '../job-log/read-log.ts';

export interface LogSource {
  find(id: string): Found<Job>;
  filesOf(job: string): Promise<readonly LogFile[]>;
  /** Somebody looks on, until the function that this returns is called. */
  watch(): () => void;
  now(): Time;
}

const EVERY_MS = 1_000;
/** A result is handed in with its log, and a little may pass between the two. */
const LATE_LOOKS = 5;

export async function* buildLog(
  { find, filesOf, watch, now }: LogSource,
  id: string,
  { follow, signal, colours = false }: ReadLog,
): AsyncGenerator<LogPiece> {
  const { timedLines } = await import('@gityard/builder');
  const newLines = new NewLines();
  const stop = follow ? watch() : undefined;
  let known: readonly LogFile[] | undefined;
  let late = 0;
  try {
    for (let isFirst = true; !signal.aborted; isFirst = false) {
      const found = find(id);
      if (!found.ok) return;
      const job = found.value;
      const files = await filesOf(job.id);
      const isOver = isFinished(job);
      const log = files === known && !isOver ? undefined : logOf(files);
      known = files;
      if (isOver) late += 1;
      const isThere = log !== undefined && isWhole(log);
      const isLast = !follow || (isOver && (isThere || job.attempts.length === 0 || late > LATE_LOOKS));
      if (log) {
        const since = log.record?.startedAt || (isFirst && currentAttempt(job)?.startedAt) || now();
        for (const { first, lines } of newLines.piecesUpTo(log, { isWhole: isOver && (isThere || isLast) })) {
          if (signal.aborted) return;
          const timing = { times: timesFrom(first, log), startedAt: since, colours };
          yield { log: log.stem, first, lines: timedLines(lines, timing) };
        }
      }
      if (isLast) return;
      await delay(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    stop?.();
  }
}

const logs = new WeakMap<readonly LogFile[], JobLog>();

/** All who read the same log read the same bytes of it. */
function logOf(files: readonly LogFile[]): JobLog | undefined {
  const log = logs.get(files) ?? jobLogIn(files);
  if (log) logs.set(files, log);
  return log;
}

/** Times count from the first line of the log. */
const timesFrom = (first: number, { record }: JobLog) =>
  (record?.times ?? []).map(({ line, ...at }) => ({ ...at, line: line - first + 1 }));
