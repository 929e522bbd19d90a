/** The locks that a job names are taken with its claim and given back with its end, in the same commit. */
import type { Job } from '../../entities/job.ts';
import type { Lock } from '../../entities/lock.ts';
import { liveHolders, lockHolderOf } from '../../scheduling/lock-room.ts';
import { nextToken } from '../../scheduling/next-token.ts';
import { type Change, putLock, type State } from '../../state.ts';
import type { Time } from '../../time.ts';

export function takeLocks(state: State, job: Job, now: Time): Change[] {
  return job.locks.map((name) => {
    const lock = state.locks.get(name) ?? newLock(name);
    const token = nextToken(state, lock.token);
    const holder = {
      holder: lockHolderOf(job),
      token,
      acquiredAt: now,
      expiresAt: null,
      reason: null,
    };
    return putLock({ ...lock, token, holders: [...liveHolders(state, lock, now), holder] });
  });
}

export function giveLocksBack(state: State, job: Job): Change[] {
  return job.locks.flatMap((name) => {
    const lock = state.locks.get(name);
    const holders = lock?.holders.filter((it) => it.holder !== lockHolderOf(job));
    return lock && holders && holders.length < lock.holders.length ? [putLock({ ...lock, holders })] : [];
  });
}

export const newLock = (name: string): Lock => ({
  schemaVersion: 1,
  name,
  count: 1,
  token: 0,
  holders: [],
  waiting: [],
});
