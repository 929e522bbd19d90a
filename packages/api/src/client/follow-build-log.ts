/**
 * Follows the log of one build line by line until the build ends, whatever becomes of the connection meanwhile: it is taken up
 * where it was left, and no line is told twice. Knows nothing of how lines are shown.
 */
import { type ApiAddress, ApiError, apiCaller, problemIn } from './call-api.ts';
import type { Build } from './generated.ts';
import { jittered, pause } from './pause.ts';
import { readEvents, type ServerEvent } from './read-events.ts';
import { createWatchdog } from './watchdog.ts';

export interface BuildLogLine {
  /** Another try of the build has another log. */
  readonly log: string;
  /** Of the line in that log, from 1. */
  readonly number: number;
  /** `[2026-01-31 12:00:00] WARNING: text`. Text of strangers: it may hold what a terminal would obey. */
  readonly text: string;
}

export interface FollowBuildLog extends ApiAddress {
  /** Of the build, or its beginning. */
  readonly id: string;
  readonly signal: AbortSignal;
  /** Whether lines keep the colours of the build, as sequences for terminals. */
  readonly colours?: boolean;
  readonly onLine: (line: BuildLogLine) => void;
  /** A sentence on why nothing comes at the moment; null: it does again. */
  readonly onTrouble?: (reason: string | null) => void;
  /** Silence after which that is told; after twice as much the connection is made anew. */
  readonly lateAfterMs?: number;
  readonly firstRetryMs?: number;
  readonly lastRetryMs?: number;
}

const LATE_AFTER_MS = 30_000;

/** What outlives one connection. */
interface Reading {
  lastEventId: string | undefined;
  heard: boolean;
  troubled: boolean;
}

/** Answers with the status in which the build ended; null: it was told to stop. Throws ApiError where the server says no. */
export async function followBuildLog(follow: FollowBuildLog): Promise<Build['status'] | null> {
  const { signal, firstRetryMs = 1_000, lastRetryMs = 30_000 } = follow;
  const reading: Reading = { lastEventId: undefined, heard: false, troubled: false };
  for (let failures = 0; !signal.aborted; ) {
    reading.heard = false;
    const end = await readOnce(follow, reading);
    if (end.status !== undefined) return end.status;
    if (signal.aborted) return null;
    failures = reading.heard ? 0 : failures + 1;
    trouble(follow, reading, end.reason);
    await pause(jittered(Math.min(firstRetryMs * 2 ** failures, lastRetryMs)), signal);
  }
  return null;
}

type End =
  | { readonly status: Build['status'] }
  | {
      readonly status?: undefined;
      /** Why it broke off before the build was at its end. */
      readonly reason: string;
    };

async function readOnce(follow: FollowBuildLog, reading: Reading): Promise<End> {
  const gone = new AbortController();
  const watchdog = createWatchdog({
    lateAfterMs: follow.lateAfterMs ?? LATE_AFTER_MS,
    onLate: () => trouble(follow, reading, 'the server has gone quiet'),
    onSilence: () => gone.abort(),
  });
  try {
    const answer = await ask(follow, reading, AbortSignal.any([follow.signal, gone.signal]));
    // All was told before, so that there is no event left to say how it ended.
    if (answer.status === 204) return { status: await statusOf(follow) };
    if (answer.ok && answer.body) return await listen(answer.body, { follow, reading, watchdog });
    const problem = await problemIn(answer);
    if (answer.status < 500 && answer.status !== 429) throw new ApiError(problem);
    return { reason: problem.detail };
  } catch (error) {
    if (error instanceof ApiError) throw error;
    return { reason: gone.signal.aborted ? 'the server does not answer' : 'the server cannot be reached' };
  } finally {
    watchdog.stop();
    gone.abort();
  }
}

interface Listening {
  readonly follow: FollowBuildLog;
  readonly reading: Reading;
  readonly watchdog: ReturnType<typeof createWatchdog>;
}

async function listen(body: ReadableStream<Uint8Array>, { follow, reading, watchdog }: Listening): Promise<End> {
  const onContact = () => {
    watchdog.contact();
    reading.heard = true;
    trouble(follow, reading, null);
  };
  for await (const event of readEvents(body, onContact)) {
    if (follow.signal.aborted) break;
    if (event.event === 'end') return { status: endIn(event) };
    const line = lineIn(event);
    if (!line) continue;
    reading.lastEventId = event.id;
    follow.onLine(line);
  }
  return { reason: 'the server ended the connection' };
}

function lineIn({ event, id, data }: ServerEvent): BuildLogLine | undefined {
  const [, log, number] = /^(.*)#(\d+)$/.exec(id ?? '') ?? [];
  return event === 'log' && log !== undefined ? { log, number: Number(number), text: data } : undefined;
}

const endIn = ({ data }: ServerEvent): Build['status'] => (JSON.parse(data) as { status: Build['status'] }).status;

const statusOf = async ({ id, signal, ...address }: FollowBuildLog): Promise<Build['status']> =>
  (await apiCaller(address)('readBuild', { params: { id }, signal })).status;

function ask(
  { url, token, id, colours = false, fetch = globalThis.fetch }: FollowBuildLog,
  { lastEventId }: Reading,
  signal: AbortSignal,
): Promise<Response> {
  const headers: Record<string, string> = { accept: 'text/event-stream' };
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  if (lastEventId !== undefined) headers['last-event-id'] = lastEventId;
  const base = url.endsWith('/') ? url : `${url}/`;
  const query = colours ? '?colours=true' : '';
  return fetch(new URL(`api/v1/builds/${encodeURIComponent(id)}/logs${query}`, base), { headers, signal });
}

function trouble({ onTrouble, signal }: FollowBuildLog, reading: Reading, reason: string | null): void {
  if (signal.aborted || (reason === null && !reading.troubled)) return;
  reading.troubled = reason !== null;
  onTrouble?.(reason);
}
