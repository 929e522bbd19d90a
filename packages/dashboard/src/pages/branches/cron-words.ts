/** The times of a schedule as people say them, where a pattern of cron is one of the usual; any other stands as it is. Pure. */

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const NAMED: Readonly<Record<string, string>> = {
  '@hourly': 'every hour',
  '@daily': 'every day at 00:00',
  '@weekly': 'every Sunday at 00:00',
  '@monthly': 'on the first of every month at 00:00',
};

/** `0 2 * * *` is `every day at 02:00`. */
export function cronWords(cron: string): string {
  const [minute = '', hour = '', ...days] = cron.split(/ +/);
  const said = NAMED[cron] ?? dayWords(days.join(' '));
  if (NAMED[cron] !== undefined || said === undefined) return said ?? `by the clock: ${cron}`;
  if (isNumber(minute) && isNumber(hour)) return `${said} at ${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (isNumber(minute) && hour === '*' && days.join(' ') === '* * *') return 'every hour';
  return `by the clock: ${cron}`;
}

const isNumber = (field: string): boolean => /^\d{1,2}$/.test(field);

/** Of the day of the month, the month and the day of the week; undefined: none that has a name. */
function dayWords(fields: string): string | undefined {
  if (fields === '* * *') return 'every day';
  if (/^\* \* (?:1-5|mon-fri)$/i.test(fields)) return 'on weekdays';
  const weekday = /^\* \* ([0-7]|[a-z]{3})$/i.exec(fields)?.[1];
  if (weekday === undefined) return undefined;
  const day = DAYS.find(
    (name, at) => name.slice(0, 3).toLowerCase() === weekday.toLowerCase() || at === Number(weekday) % 7,
  );
  return day && `every ${day}`;
}
