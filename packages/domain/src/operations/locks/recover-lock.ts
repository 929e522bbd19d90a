/**
 * Frees a lock of holders whose time is up, and tells each of them by a message in the same commit. The next in line would get
 * an expired hold anyway; this makes the list tell the truth, and the former holder hear of it. Asked for by two at once, the
 * second finds nothing to do.
 */

import { applyChanges } from '../../apply-changes.ts';
import { accept, type Decision, refuse } from '../../decision.ts';
import type { Lock, LockHolder } from '../../entities/lock.ts';
import { isJobHolder, isLeftBehind } from '../../scheduling/lock-room.ts';
import { type Change, putLock, type State } from '../../state.ts';
import { clipped, idFrom } from '../../text.ts';
import { elapsedMs, isPast, type Time } from '../../time.ts';
import { systemMessage } from '../messages/system-message.ts';

export interface RecoverLock {
  readonly name: string;
  /** Also free what is held for longer than this, whatever its own time; null: only what has none of its own. */
  readonly limitMs: number | null;
  /** One for each message that it may take; a holder without one waits for the next time. */
  readonly messageIds: readonly string[];
  readonly by: string;
  readonly reason: string | null;
  readonly now: Time;
}
export interface Recovered {
  readonly lock: Lock;
  readonly freed: readonly Stale[];
}
export interface Stale {
  readonly holder: string;
  readonly token: number;
  readonly why: string;
}

/** What a hold without a time of its own gets, as locks of old had it. */
const DEFAULT_LIMIT_MS = 600_000;

export function recoverLock(state: State, input: RecoverLock): Decision<Recovered> {
  const { name, messageIds, by, now } = input;
  const lock = state.locks.get(name);
  if (!lock) return refuse('NOT_FOUND', `there is no lock ${name}`, [name]);
  const freed = staleHolds(state, lock, input).slice(0, messageIds.length);
  if (freed.length === 0) return refuse('NOTHING_TO_DO', `nobody holds lock ${name} for too long`, [name]);

  const tokens = new Set(freed.map((it) => it.token));
  const next = { ...lock, holders: lock.holders.filter((it) => !tokens.has(it.token)) };
  const changes: Change[] = [putLock(next)];
  for (const [at, stale] of freed.entries()) {
    const message = { to: whoHeld(state, stale), ...wordsOf(stale, input), type: 'warning' } as const;
    const told = systemMessage(applyChanges(state, changes), { id: messageIds[at] ?? '', message, now });
    if (!told.ok) return told;
    changes.push(...told.changes);
  }
  const reason = clipped(input.reason ?? freed.map((it) => `${it.holder}: ${it.why}`).join('; '), 1000);
  const summary = `recover lock ${name} of ${freed.map((it) => it.holder).join(', ')}, by ${by}`;
  return accept({ lock: next, freed }, changes, summary, { lock: name, reason });
}

/** Holders whose time is up: their own, or the one that is given. Those of running jobs never are. */
export function staleHolds(
  state: State,
  { holders }: Lock,
  { limitMs, now }: Pick<RecoverLock, 'limitMs' | 'now'>,
): readonly Stale[] {
  return holders.flatMap((hold) => {
    const why = isJobHolder(hold.holder) ? ofJob(state, hold) : ofOther(hold, { limitMs, now });
    return why === undefined ? [] : [{ holder: hold.holder, token: hold.token, why }];
  });
}

const ofJob = (state: State, { holder }: LockHolder): string | undefined =>
  isLeftBehind(state, holder) ? 'its job holds nothing any more' : undefined;

function ofOther({ expiresAt, acquiredAt }: LockHolder, { limitMs, now }: Pick<RecoverLock, 'limitMs' | 'now'>) {
  if (expiresAt !== null && isPast(expiresAt, now)) return `its time was up at ${expiresAt}`;
  const limit = limitMs ?? (expiresAt === null ? DEFAULT_LIMIT_MS : Number.POSITIVE_INFINITY);
  const heldMs = elapsedMs(acquiredAt, now);
  return heldMs > limit ? `held for ${seconds(heldMs)}, longer than ${seconds(limit)}` : undefined;
}

const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;

/** A run of a command holds under the name of its agent and a nonce, a job for the agent that ran it. */
function whoHeld(state: State, { holder }: Stale): string {
  if (!isJobHolder(holder)) return idFrom(holder.split('/')[0] ?? holder);
  return state.jobs.get(holder.replace(/^job\//, ''))?.attempts.at(-1)?.agent ?? 'all';
}

function wordsOf({ holder, token, why }: Stale, { name, by, reason }: RecoverLock) {
  const given = reason === null ? '' : ` Reason: ${reason}.`;
  return {
    subject: `lock ${name} was recovered from ${holder}`,
    body: `${holder} held lock ${name} under token ${token}: ${why}. It was freed by ${by}.${given} What it protects may be somebody else's by now.`,
  };
}
