/**
 * The logs that somebody is looking at, put together in the worker's memory. A log is asked for by its job and attempt;
 * whoever asks for lines of one that was forgotten meanwhile has it opened again. The end of a large log comes first.
 */
import type { Place, TreeEntry } from '../../sources/source.ts';
import { inTurns } from '../in-turns.ts';
import { findJob } from '../jobs/find-job.ts';
import type { Reading } from '../question.ts';
import { type AttemptLog, attemptLogs, type Tried } from './find-logs.ts';
import { type LogText, logText } from './log-text.ts';

export interface LogAsked {
  readonly id: string;
  /** A commit of the state in which the job is looked for; null: as it is now. */
  readonly at: string | null;
  /** A commit of the logs, of which a link for ever speaks; null: as they are now. */
  readonly logs: string | null;
  /** By its number, as the job counts them; null: the last that left a log. */
  readonly attempt: number | null;
  /** Else only the end of it is fetched where it is large. */
  readonly isWhole: boolean;
}

export interface OpenLog {
  readonly text: LogText;
  readonly log: AttemptLog;
  readonly attempts: readonly AttemptLog[];
  readonly attempt: number;
  /** False: what stands before the first line was not fetched. */
  readonly isWhole: boolean;
  /** By the path of each, in order. */
  readonly chunks: ReadonlyMap<string, Chunk>;
}

interface Chunk {
  readonly oid: string;
  readonly bytes: Uint8Array;
}

/** So much of a large log is fetched to show its end. */
const TAIL_CHUNKS = 2;
/** Up to here a log is no large one. */
const SMALL_CHUNKS = 8;
const MOST_OPEN = 3;

const opened = new Map<string, { readonly mark: string; readonly open: OpenLog }>();

/** The one that is in memory; else it is opened. undefined: there is no log. */
export async function theLog(reading: Reading, asked: LogAsked): Promise<OpenLog | undefined> {
  return opened.get(keyOf(asked))?.open ?? (await openLog(reading, asked));
}

/** Looks again what is there, and fetches only what is new. */
export async function openLog(reading: Reading, asked: LogAsked): Promise<OpenLog | undefined> {
  const place: Place = asked.logs === null ? { ref: 'logs' } : { commit: asked.logs };
  const attempts = await attemptLogs(reading, { id: asked.id, attempts: await attemptsOf(reading, asked), place });
  const log = attempts.findLast(({ number }) => number === (asked.attempt ?? number));
  if (!log) return undefined;
  const attempt = log.number;
  const all = log.chunks.length > 0 ? log.chunks : log.page ? [log.page] : [];
  const isWhole = asked.isWhole || all.length <= SMALL_CHUNKS;
  const entries = isWhole ? all : all.slice(-TAIL_CHUNKS);
  const mark = `${isWhole} ${log.record?.oid} ${entries.map(({ oid }) => oid).join(' ')}`;
  const known = opened.get(keyOf(asked));
  if (known?.mark === mark) return known.open;

  const near = known ?? opened.get(keyOf({ ...asked, isWhole: !asked.isWhole }));
  const chunks = await chunksOf(reading, entries, near?.open.chunks ?? new Map());
  const bytes = [...chunks.values()].map((chunk) => chunk.bytes);
  const open: OpenLog = { text: logText(bytes), log, attempts, attempt, isWhole, chunks };
  keep(asked, { mark, open });
  return open;
}

/** The end alone has other numbers of lines than the whole, so that the one is never taken for the other. */
const keyOf = ({ id, at, logs, attempt, isWhole }: LogAsked): string =>
  JSON.stringify([id, at, logs, attempt, isWhole]);

function keep(asked: LogAsked, log: { readonly mark: string; readonly open: OpenLog }): void {
  opened.delete(keyOf(asked));
  opened.set(keyOf(asked), log);
  const [oldest] = opened.keys();
  if (opened.size > MOST_OPEN && oldest !== undefined) opened.delete(oldest);
}

/** A row of the snapshot knows only the last of them; a job that is not known any more may have been built by anyone: null. */
async function attemptsOf(reading: Reading, { id, at }: LogAsked): Promise<readonly Tried[] | null> {
  const row = [...(reading.model?.jobs ?? []), ...(reading.model?.finished ?? [])].find((job) => job.id === id);
  if (row?.attempt === 0) return [];
  if (row?.attempt === 1 && row.agent !== null)
    return [{ number: 1, agent: row.agent, startedAt: row.startedAt ?? row.submittedAt }];
  const found = await findJob(reading, { id, at });
  return found.kind === 'found' ? found.job.attempts : null;
}

async function chunksOf(
  reading: Reading,
  entries: readonly TreeEntry[],
  known: OpenLog['chunks'],
): Promise<OpenLog['chunks']> {
  const chunks = await inTurns(entries, async ({ path, oid }): Promise<[string, Chunk]> => {
    const kept = known.get(path);
    return [path, kept?.oid === oid ? kept : { oid, bytes: await reading.blob(oid) }];
  });
  return new Map(chunks);
}
