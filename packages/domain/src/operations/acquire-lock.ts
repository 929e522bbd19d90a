/**
 * Takes a lock, or a place in its line. Holders whose time is up make room; who waits is served in order. The answer
 * carries the fencing token: hand it to whatever the lock protects.
 */
import { accept, type Decision, refuse } from '../decision.ts';
import type { Lock, LockHolder } from '../entities/lock.ts';
import { putLock, type State } from '../state.ts';
import { after, isPast, type Time } from '../time.ts';
import { newLock } from './job-locks.ts';

export interface AcquireLock {
  readonly name: string;
  readonly holder: string;
  readonly ttlMs: number;
  /** Holders at once; changes the lock only while nobody holds it. */
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
  const { name, holder, now, reason } = input;
  const lock = current(state, input);
  const own = lock.holders.find((it) => it.holder === holder);
  const ahead = lock.waiting.findIndex((it) => it.holder === holder);
  const line = ahead === -1 ? lock.waiting.length : ahead;
  const free = lock.count - lock.holders.length;

  if (own)
    return taken(lock, { ...own, expiresAt: after(now, input.ttlMs) }, `renew lock ${name} for ${holder}`, reason);
  if (free > line) {
    const acquired = {
      holder,
      token: lock.token + 1,
      acquiredAt: now,
      expiresAt: after(now, input.ttlMs),
      reason,
    };
    return taken(lock, acquired, `acquire lock ${name} for ${holder}`, reason);
  }
  if (input.waitUntil === null)
    return refuse('LOCK_HELD', `lock ${name} is held by ${lock.holders.map(told).join(', ')}`, [name]);
  return waiting(lock, input, line);
}

function current(state: State, { name, count, now }: AcquireLock): Lock {
  const lock = state.locks.get(name) ?? newLock(name);
  const holders = lock.holders.filter((it) => it.expiresAt === null || !isPast(it.expiresAt, now));
  const waiting = lock.waiting.filter((it) => it.until === null || !isPast(it.until, now));
  return {
    ...lock,
    holders,
    waiting,
    count: holders.length === 0 ? (count ?? lock.count) : lock.count,
  };
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

const told = (it: LockHolder): string => `${it.holder}${it.expiresAt ? ` until ${it.expiresAt}` : ''}`;
