/** Gives a lock back, or breaks it for its holder. The file stays, so that its token never begins again. */
import { accept, type Decision, refuse } from '../../decision.ts';
import type { Lock } from '../../entities/lock.ts';
import { isJobHolder } from '../../scheduling/lock-room.ts';
import { putLock, type State } from '../../state.ts';
import type { Time } from '../../time.ts';

export interface ReleaseLock {
  readonly name: string;
  readonly holder: string;
  /** Checked when given: a holder that was displaced must not release its successor's lock. */
  readonly token: number | null;
  readonly now: Time;
}
export interface BreakLock {
  readonly name: string;
  readonly by: string;
  readonly reason: string;
  readonly now: Time;
}

export function releaseLock(state: State, { name, holder, token }: ReleaseLock): Decision<Lock> {
  if (isJobHolder(holder))
    return refuse('CONFLICT', `lock ${name} comes free with the end of ${holder}, or is broken with a reason`, [name]);
  const lock = state.locks.get(name);
  const own = lock?.holders.find((it) => it.holder === holder);
  const waits = lock?.waiting.some((it) => it.holder === holder) ?? false;
  if (!lock || (!own && !waits)) return refuse('NOT_FOUND', `${holder} does not hold lock ${name}`, [name]);
  if (own && token !== null && own.token !== token)
    return refuse('STALE_TOKEN', `${holder} holds lock ${name} under token ${own.token}, not ${token}`, [name]);

  const others = <T extends { holder: string }>(list: T[]): T[] => list.filter((it) => it.holder !== holder);
  const next = {
    ...lock,
    holders: others(lock.holders),
    waiting: others(lock.waiting),
  };
  return accept(next, [putLock(next)], `release lock ${name} of ${holder}`, {
    lock: name,
    token: own?.token,
  });
}

export function breakLock(state: State, { name, by, reason }: BreakLock): Decision<Lock> {
  if (reason.trim() === '') return refuse('REASON_REQUIRED', `breaking lock ${name} needs a reason`, [name]);
  const lock = state.locks.get(name);
  if (!lock) return refuse('NOT_FOUND', `there is no lock ${name}`, [name]);
  if (lock.holders.length === 0) return refuse('NOTHING_TO_DO', `nobody holds lock ${name}`, [name]);

  const next = { ...lock, holders: [] };
  const holders = lock.holders.map((it) => it.holder).join(', ');
  return accept(next, [putLock(next)], `break lock ${name} of ${holders}, by ${by}`, { lock: name, reason });
}
