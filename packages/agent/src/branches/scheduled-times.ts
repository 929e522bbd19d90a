/**
 * The last time of a branch schedule that has passed, by its expression, its time zone and its jitter. What happens where clocks
 * are put forward and back is croner's, and our policy: a time that the clocks leave out comes when they have
 * moved, one that they repeat comes once, an hourly schedule comes in every hour that really passes; times in a list
 * ("15,45 2 * * *") are left out with the hour, and repeated with it.
 */
import { type BranchSchedule, jitterMs, type Time, toMs } from '@gityard/domain';
import { Cron } from 'croner';

/** None or one. Throws what is wrong with the expression or the time zone. */
export function scheduledTimes(name: string, schedule: BranchSchedule, now: Time): Time[] {
  if (schedule.cron === 'off') return [];
  // What comes at this very second has passed; croner looks before the second it is given.
  const before = new Date(Math.floor((toMs(now) - jitterMs(name, schedule)) / 1_000) * 1_000 + 1_000);
  const cron = new Cron(schedule.cron, { timezone: schedule.timeZone, mode: '5-part' });
  return cron.previousRuns(1, before).map((it) => it.toISOString());
}
