/**
 * Which of the times of a schedule a job is to be made for now: at most one, the latest. What cron expressions mean is known
 * elsewhere; here come the times that have passed.
 */
import type { BranchSchedule } from '../entities/branch-profiles.ts';
import { after, elapsedMs, isBefore, type Time } from '../time.ts';
import { hashOf } from './hash-of.ts';
import { scheduleKey } from './profiles.ts';

/** An agent that takes over from one that is gone needs some minutes to see it: that late is not missed. */
export const GRACE_MS = 600_000;

export interface Due {
  readonly name: string;
  readonly schedule: BranchSchedule;
  /** Of the schedule, without the jitter. */
  readonly times: readonly Time[];
  readonly now: Time;
}

/** Undefined: none is due, or those that are were missed and nobody wants them any more. */
export function dueTime({ name, schedule, times, now }: Due): Time | undefined {
  const { lastScheduledAt: last, catchUp } = schedule;
  const laterMs = jitterMs(name, schedule);
  const passed = times.filter((it) => !isBefore(now, after(it, laterMs)) && (last === null || isBefore(last, it)));
  const latest = passed.reduce<Time | undefined>((a, b) => (a && isBefore(b, a) ? a : b), undefined);
  if (latest === undefined) return undefined;
  const isMissed = elapsedMs(after(latest, laterMs), now) > GRACE_MS;
  // Without a beginning nobody knows what was missed.
  return isMissed && (catchUp === 'none' || last === null) ? undefined : latest;
}

/** Always the same for one schedule of one profile, so that its times keep their distance. */
export function jitterMs(name: string, schedule: BranchSchedule): number {
  if (schedule.jitterSeconds === 0) return 0;
  return hashOf(`${name}\n${scheduleKey(schedule)}`) % (schedule.jitterSeconds * 1000 + 1);
}
