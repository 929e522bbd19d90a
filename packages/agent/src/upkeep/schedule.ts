/** When a task of the upkeep is due: by its own schedule, or by that of yard.json. */
import type { Time, YardConfig } from '@gityard/domain';
import { Cron } from 'croner';
import type { UpkeepTask } from './task.ts';

export interface Schedule {
  readonly schedule: string;
  readonly timeZone: string;
}

export function scheduleOf({ name, schedule }: UpkeepTask, { upkeep }: Pick<YardConfig, 'upkeep'>): Schedule {
  return upkeep[name] ?? { schedule, timeZone: 'Etc/UTC' };
}

/** The first time after that one; null: never. Throws what is wrong with the expression or the time zone. */
export function nextRun({ schedule, timeZone }: Schedule, after: Time): Time | null {
  if (schedule === 'off') return null;
  return new Cron(schedule, { timezone: timeZone, mode: '5-part' }).nextRun(new Date(after))?.toISOString() ?? null;
}
