/** When a task of the upkeep is due: by its own schedule, or by that of yard.json. */
import type { Time, YardConfig } from '@gityard/domain';
import { Cron } from 'croner';
import type { UpkeepDone } from '../status-board.ts';
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
  try {
    return new Cron(schedule, { timezone: timeZone, mode: '5-part' }).nextRun(new Date(after))?.toISOString() ?? null;
  } catch (error) {
    throw new Error(`${UNREADABLE}${(error as Error).message}`, { cause: error });
  }
}

const UNREADABLE = 'its schedule cannot be read: ';

/** What was done, with its next time by the settings as they are now. That they could not be read is over when they can. */
export function replanned(done: UpkeepDone, schedule: Schedule): UpkeepDone {
  try {
    const nextAt = nextRun(schedule, done.at);
    if (!done.error?.startsWith(UNREADABLE)) return { ...done, nextAt };
    return { ...done, nextAt, error: null, did: 'its schedule can be read again' };
  } catch {
    return { ...done, nextAt: done.at };
  }
}
