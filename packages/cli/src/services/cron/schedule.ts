/** How often cron looks whether an agent still runs. It knows minutes, hours and days, and only those that fit evenly. */
import { usageError } from '../../errors.ts';

const MINUTES = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30];
const HOURS = [1, 2, 3, 4, 6, 8, 12];
const FITTING = [...MINUTES.map((it) => it * 60), ...HOURS.map((it) => it * 3600), 86_400];

/** The first five fields of a line. Throws a USAGE error for what cron cannot do, with the nearest that it can. */
export function scheduleOf(intervalSeconds: number): string {
  if (!FITTING.includes(intervalSeconds)) throw refused(intervalSeconds);
  const minutes = intervalSeconds / 60;
  if (minutes === 1) return '* * * * *';
  if (minutes < 60) return `*/${minutes} * * * *`;
  if (minutes === 60) return '0 * * * *';
  return minutes < 1440 ? `0 */${minutes / 60} * * *` : '0 0 * * *';
}

function refused(seconds: number): Error {
  if (seconds < 60)
    return usageError(
      `cron looks once a minute, not every ${seconds} s`,
      'use --interval 60: it only says how soon an agent that ended is started again, a running one takes jobs at once',
    );
  const below = FITTING.filter((it) => it < seconds).at(-1);
  const above = FITTING.find((it) => it > seconds);
  const nearest = [below, above].filter((it) => it !== undefined).join(' or ');
  return usageError(
    `cron cannot look every ${seconds} s: that fits into no hour and no day`,
    `use --interval ${nearest}`,
  );
}
