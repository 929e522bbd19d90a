/**
 * One connection to the event stream, from the request to its end. Reads it with `fetch`: the browser's own
 * EventSource hides heartbeats and status codes, carries no headers, and does not exist in every host.
 */
import { readModelFrom } from '@gityard/domain';
import type { Connection, FollowYard } from './contract.ts';
import { readEvents, type ServerEvent } from './read-events.ts';
import { createWatchdog } from './watchdog.ts';

const LATE_AFTER_MS = 30_000;
/** The Date header counts whole seconds; a smaller difference may be no difference. */
const SKEW_NOISE_MS = 2_000;

/** What outlives one connection. */
export interface Visit {
  lastEventId: string | undefined;
  skewMs: number;
  /** Whether this connection brought anything: then the next try need not wait long. */
  heard: boolean;
}

/** Answers, as a sentence, why the connection ended. */
export async function followOnce(
  follow: FollowYard,
  { visit, stopped }: { visit: Visit; stopped: AbortSignal },
): Promise<string> {
  const ended = new AbortController();
  const watchdog = createWatchdog({
    lateAfterMs: follow.lateAfterMs ?? LATE_AFTER_MS,
    onLate: () => tell(follow, visit, { state: 'late', reason: 'the server has gone quiet' }),
    onSilence: () => ended.abort(),
  });
  try {
    const response = await ask(follow, visit, AbortSignal.any([stopped, ended.signal]));
    if (!response.ok || !response.body) return await refusalOf(response);
    visit.skewMs = skewOf(response.headers.get('date'));
    await listen(response.body, { follow, visit, watchdog, stopped });
    return 'the server ended the connection';
  } catch {
    // What browsers and Node say here ("Failed to fetch") tells a person nothing more.
    return ended.signal.aborted ? 'the server does not answer' : 'the server cannot be reached';
  } finally {
    watchdog.stop();
    ended.abort();
  }
}

interface Listening {
  readonly follow: FollowYard;
  readonly visit: Visit;
  readonly watchdog: ReturnType<typeof createWatchdog>;
  readonly stopped: AbortSignal;
}

async function listen(
  body: ReadableStream<Uint8Array>,
  { follow, visit, watchdog, stopped }: Listening,
): Promise<void> {
  let complaint: string | null = null;
  let trouble: string | null = null;
  const standing = (): Pick<Connection, 'state' | 'reason'> =>
    trouble === null ? { state: 'live', reason: complaint } : { state: 'late', reason: trouble };
  const onContact = () => {
    const news = watchdog.contact() === 'was-late' || !visit.heard;
    visit.heard = true;
    if (news && !stopped.aborted) tell(follow, visit, standing());
  };
  for await (const event of readEvents(body, onContact)) {
    if (stopped.aborted) return;
    const before = trouble ?? complaint;
    if (event.event === 'trouble') trouble = troubleIn(event);
    else complaint = take(event, { follow, visit });
    if ((trouble ?? complaint) !== before) tell(follow, visit, standing());
  }
}

/** The server is there and cannot see the yard itself. */
function troubleIn({ data }: ServerEvent): string | null {
  const { reason } = (parsed(data) ?? {}) as { reason?: unknown };
  return typeof reason === 'string' ? reason.slice(0, 500) : null;
}

/** Hands a snapshot on when it can be read; otherwise says what is wrong with it. */
function take(
  { event, id, data }: ServerEvent,
  { follow, visit }: { follow: FollowYard; visit: Visit },
): string | null {
  if (event !== 'snapshot') return null;
  const model = readModelFrom(parsed(data));
  if (!model.ok) return `the server sent a snapshot that cannot be read: ${model.reason}`;
  visit.lastEventId = id;
  follow.onSnapshot(model.value);
  return null;
}

function ask(
  { url, fetch = globalThis.fetch }: FollowYard,
  { lastEventId }: Visit,
  signal: AbortSignal,
): Promise<Response> {
  const headers: Record<string, string> = { accept: 'text/event-stream' };
  if (lastEventId !== undefined) headers['last-event-id'] = lastEventId;
  return fetch(new URL('api/v1/events', url), { headers, signal });
}

function tell(follow: FollowYard, { skewMs }: Visit, { state, reason }: Pick<Connection, 'state' | 'reason'>): void {
  follow.onConnection({ state, reason, skewMs });
}

async function refusalOf(response: Response): Promise<string> {
  const problem = parsed(await response.text()) as { detail?: unknown } | null;
  return typeof problem?.detail === 'string' ? problem.detail : `the server answers with status ${response.status}`;
}

function skewOf(date: string | null): number {
  const skewMs = date === null ? Number.NaN : Date.parse(date) + 500 - Date.now();
  return Math.abs(skewMs) > SKEW_NOISE_MS ? skewMs : 0;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // Not JSON is one more thing that does not fit the schema; the validator says so.
    return null;
  }
}
