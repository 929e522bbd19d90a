/**
 * Takes a lock, or a place in its line. Holders whose time is up make room; who waits is served in order. The answer
 * carries the fencing token: hand it to whatever the lock protects.
 */
import { accept, type Decision, type Refused, refuse } from '../../decision.ts';
import type { Lock, LockHolder } from '../../entities/lock.ts';
import { isJobHolder, liveHolders, liveWaiting } from '../../scheduling/lock-room.ts';
import { nextToken } from '../../scheduling/next-token.ts';
import { putLock, type State } from '../../state.ts';
import { clippedOrNull } from '../../text.ts';
import { after, type Time } from '../../time.ts';
import { validate } from '../../validate.ts';
import { newLock } from '../jobs/job-locks.ts';

/** Ten years; far beyond it, dates come to an end. */
const LONGEST_HOLD_MS = 3650 * 86_400_000;

export interface AcquireLock {
  readonly name: string;
  readonly holder: string;
  readonly ttlMs: number;
  /** Holders at once, settled by the first who takes it; a wish that differs is refused while somebody holds it. */
  readonly count?: number;
  /** Until when to stand in line; null = do not wait. */
  readonly waitUntil: Time | null;
  readonly reason: string | null;
  readonly now: Time;
}
export type Acquired =
  | { readonly held: true; readonly lock: Lock; readonly token: number }
  | { readonly held: false; readonly lock: Lock; readonly ahead: number };

export function acquireLock(state: State, input: AcquireLock): Decision<Acquired> {
  const { name, holder, now } = input;
  const reason = clippedOrNull(input.reason, 1000);
  const lock = current(state, input);
  const faulty = fault(lock, input) ?? otherCount(lock, input);
  if (faulty) return faulty;
  const own = lock.holders.find((it) => it.holder === holder);
  const ahead = lock.waiting.findIndex((it) => it.holder === holder);
  const line = ahead === -1 ? lock.waiting.length : ahead;
  const free = lock.count - lock.holders.length;

  if (own)
    return taken(lock, { ...own, expiresAt: after(now, input.ttlMs) }, `renew lock ${name} for ${holder}`, reason);
  if (free > line) {
    const acquired = {
      holder,
      token: nextToken(state, lock.token),
      acquiredAt: now,
      expiresAt: after(now, input.ttlMs),
      reason,
    };
    return taken(lock, acquired, `acquire lock ${name} for ${holder}`, reason);
  }
  if (input.waitUntil === null) return refuse('LOCK_HELD', `lock ${name} is ${byWhom(lock)}`, [name]);
  return waiting(lock, input, line);
}

function current(state: State, { name, count, now }: AcquireLock): Lock {
  const lock = state.locks.get(name) ?? newLock(name);
  const holders = liveHolders(state, lock, now);
  return {
    ...lock,
    holders,
    waiting: liveWaiting(lock, now),
    count: holders.length === 0 ? (count ?? lock.count) : lock.count,
  };
}

/** Names and counts come from command lines; what breaks the schema would be read back by nobody. */
function fault(lock: Lock, { holder, ttlMs }: AcquireLock): Refused | undefined {
  if (isJobHolder(holder)) return refuse('INVALID_DATA', `${holder} names a job; a job's locks come with its claim`);
  if (!(ttlMs > 0 && ttlMs <= LONGEST_HOLD_MS))
    return refuse('INVALID_DATA', `lock ${lock.name} cannot be held for ${ttlMs} ms`, [lock.name]);
  const checked = validate('lock', JSON.parse(JSON.stringify(lock)));
  return checked.ok ? undefined : refuse('INVALID_DATA', `lock ${lock.name}: ${checked.reason}`, [lock.name]);
}

/** Who asks for a lock of one place must not believe that nobody else is in it. */
function otherCount({ name, count, holders }: Lock, input: AcquireLock): Refused | undefined {
  if (holders.length === 0 || input.count === undefined || input.count === count) return undefined;
  const places = `${count} place${count === 1 ? '' : 's'}`;
  return refuse('CONFLICT', `lock ${name} has ${places}, not ${input.count}, as long as somebody holds it`, [name]);
}

function taken(lock: Lock, holder: LockHolder, summary: string, reason: string | null): Decision<Acquired> {
  const token = Math.max(lock.token, holder.token);
  const holders = [...lock.holders.filter((it) => it.holder !== holder.holder), holder];
  const waiting = lock.waiting.filter((it) => it.holder !== holder.holder);
  const next = { ...lock, token, holders, waiting };
  return accept({ held: true, lock: next, token: holder.token }, [putLock(next)], summary, {
    lock: lock.name,
    token: holder.token,
    reason,
  });
}

function waiting(lock: Lock, { name, holder, waitUntil, now }: AcquireLock, ahead: number): Decision<Acquired> {
  const subject = { lock: name };
  if (lock.waiting.some((it) => it.holder === holder))
    return accept({ held: false, lock, ahead }, [], `${holder} waits for lock ${name} already`, subject);
  const next = {
    ...lock,
    waiting: [...lock.waiting, { holder, since: now, until: waitUntil }],
  };
  return accept({ held: false, lock: next, ahead }, [putLock(next)], `wait for lock ${name}: ${holder}`, subject);
}

function byWhom({ holders, waiting }: Lock): string {
  if (holders.length === 0) return `kept for ${waiting.map((it) => it.holder).join(', ')}, in line for it`;
  const told = holders.map((it) => `${it.holder}${it.expiresAt ? ` until ${it.expiresAt}` : ''}`);
  return `held by ${told.join(', ')}`;
}
