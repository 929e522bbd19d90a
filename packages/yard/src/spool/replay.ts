/**
 * Works a spool off: batch after batch in their order, each once. A batch bears the number of its last record, which is on
 * the disk before it is sent, so that whoever has to send it again after a crash or a lost answer sends the same, and hears
 * that it was applied before.
 */
import assert from 'node:assert/strict';
import { REFUSALS, type RefusalCode, type Refused, refuse } from '@gityard/domain';
import { type Batch, linkedAbort, type StoreError } from '@gityard/store';
import type { Operation } from '../writing/compose.ts';
import type { Outcome } from '../yard.ts';
import { Ends, type Replaying } from './ends.ts';
import type { RefusedRow } from './refused.ts';
import { decodeWaiting, type SpooledLog, type Waiting } from './waiting.ts';

export interface Replayed {
  readonly committed: number;
  readonly refused: readonly RefusedRow[];
  /** Why the yard takes none of it now, although it answers: it belongs to a newer program. */
  readonly held: Refused | undefined;
}

/** As many as one commit holds. */
const BATCH = { records: 100, bytes: 8 << 20 };
const LOG_TRY_MS = 20_000;
const LONG_LOG_TRY_MS = 120_000;

const pushesAreScarce = ({ yard }: Pick<Replaying, 'yard'>): boolean => yard.connection().pushBudget.perMinute !== null;

const MOST_RETURNS_OF_A_LOG = 5;

/** One pass over all that waits now. What is put back comes with the next. Throws StoreError when the remote is away. */
export async function replayAll(replaying: Replaying): Promise<Replayed> {
  const { log, signal } = replaying;
  const last = await log.lastNumber();
  const refused: RefusedRow[] = [];
  let committed = 0;
  while (!signal?.aborted) {
    const batch = await log.take(BATCH);
    if (!batch || (batch.records[0]?.number ?? 0) > last) break;
    const sent = await sendBatch(replaying, batch);
    if (sent.held) return { committed, refused, held: sent.held };
    if (sent.again) continue;
    committed += sent.committed;
    refused.push(...sent.refused);
  }
  return { committed, refused, held: undefined };
}

interface Sent {
  readonly committed: number;
  readonly refused: readonly RefusedRow[];
  readonly held?: Refused;
  /** Under another name. */
  readonly again?: boolean;
}
const NOTHING: Sent = { committed: 0, refused: [] };

async function sendBatch(replaying: Replaying, batch: Batch): Promise<Sent> {
  const ends = new Ends(replaying);
  const waiting = batch.records.map(({ body }) => decodeWaiting(body));
  for (const it of waiting) if ('unreadable' in it) ends.unreadable(it);
  // Known before either is asked for: what is asked for at one moment can share a push.
  const { name } = await replaying.log.checkpoint();
  const logs = Promise.all(waiting.filter((it) => 'log' in it).map((it) => publish(replaying, it, ends)));
  // First the logs: whoever sees that a job has ended asks for its log. Where pushes are counted both share one.
  if (!pushesAreScarce(replaying)) await logs;
  const operations = waiting.filter((it) => 'operation' in it);
  const asked = perform(replaying, { name, batch, operations: operations.map((it) => it.operation) });
  const [answers] = await Promise.all([asked, logs]);
  if (answers === 'again') return { ...NOTHING, again: true };
  const held = answers.find((it): it is Refused => !it.ok && it.code === 'NEWER_SCHEMA');
  if (held) return { ...NOTHING, held };
  for (const [at, it] of operations.entries()) {
    const answer = answers[at];
    assert(answer, 'each operation is answered');
    ends.answered(it, answer);
  }
  return ends.write(batch.through);
}

type Answers = readonly Outcome<unknown>[];

/** again = the yard has heard of these numbers, and not from us: a copy of this folder went its own way. */
async function perform(
  { log, yard, signal }: Replaying,
  { name, batch, operations }: { name: string; batch: Batch; operations: readonly Operation[] },
): Promise<Answers | 'again'> {
  if (operations.length === 0) return [];
  const [actor, boot] = [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.') + 1)];
  const answers = await yard.performFor({ actor, boot, request: batch.through }, operations, { signal });
  if (answers !== 'applied-before') return answers;
  const known = yard.state.actors.get(actor);
  if (batch.isNew || known?.boot !== boot || known.request !== batch.through) return log.rename().then(() => 'again');
  const codes = new Map(known.refused?.map(({ at, code }) => [at, code as RefusalCode]));
  return operations.map((_, at) => {
    const code = codes.get(at);
    return code ? refuse(code, REFUSALS[code]) : { ok: true, result: undefined, commit: null };
  });
}

async function publish({ yard, signal }: Replaying, waiting: Waiting & { log: SpooledLog }, ends: Ends): Promise<void> {
  const { files, agent, job } = waiting.log;
  // Where pushes are counted it may have to wait for its own longer than for any answer.
  const limit = linkedAbort(signal, { timeoutMs: pushesAreScarce({ yard }) ? LONG_LOG_TRY_MS : LOG_TRY_MS });
  try {
    await yard.logs.publish(files, {
      agent,
      job,
      keep: yard.state.yard.retention.logsPerAgent,
      signal: limit.signal,
    });
    ends.done(waiting);
  } catch (error) {
    signal?.throwIfAborted();
    const { code, message } = error as StoreError;
    if (code === 'REMOTE_UNREACHABLE' || code === 'RATE_LIMITED') throw error;
    // A log is worth waiting for, but no result may wait for a log.
    const isSlow = limit.signal.aborted || code === 'TIMEOUT' || code === 'CONFLICT';
    if (isSlow && waiting.returns < MOST_RETURNS_OF_A_LOG) ends.later(waiting);
    else ends.refused(waiting, { code: limit.signal.aborted ? 'TIMEOUT' : code, reason: message });
  } finally {
    limit.release();
  }
}
