/** Values as people read them. Pure: the time is passed in, and what is unknown is said to be. */
import { elapsedMs, largestUnit, type Time } from '@gityard/domain';

export { ageWords, counted, repositoryName, shortId } from '@gityard/domain';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `12 s`, `3 min`, `2 h 5 min`, `4 d`: how long something takes or took, in the two largest units that say something. */
export function durationWords(ms: number): string {
  if (!Number.isFinite(ms)) return 'unknown';
  const whole = Math.max(0, ms);
  if (whole < MINUTE) return `${Math.floor(whole / SECOND)} s`;
  if (whole < HOUR) return twoUnits(whole, { large: MINUTE, largeWord: 'min', small: SECOND, smallWord: 's' });
  if (whole < DAY) return twoUnits(whole, { large: HOUR, largeWord: 'h', small: MINUTE, smallWord: 'min' });
  return twoUnits(whole, { large: DAY, largeWord: 'd', small: HOUR, smallWord: 'h' });
}

/** `in 4 min`, or `overdue 4 min` when it has passed. */
export function untilWords(until: Time, now: Time): string {
  const ms = elapsedMs(now, until);
  if (!Number.isFinite(ms)) return 'at an unknown time';
  return ms >= 0 ? `in ${largestUnit(ms)}` : `overdue ${largestUnit(-ms)}`;
}

/** `12:41` or `1:02:41`: for what is running, where the last digit moves. */
export function clockWords(ms: number): string {
  if (!Number.isFinite(ms)) return '–';
  const seconds = Math.max(0, Math.floor(ms / SECOND));
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${twoDigits(seconds % 60)}`;
  return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`;
}

/** `14:02`, or with its date when that is another day than today here: a moment as the clock on the wall says it. */
export function clockTime(ms: number, now: Time): string {
  const moment = new Date(ms);
  if (!Number.isFinite(ms)) return 'an unknown time';
  // By hand: the browser takes longer to make ready its words for all languages than to draw the page.
  const time = `${twoDigits(moment.getHours())}:${twoDigits(moment.getMinutes())}`;
  const isToday = moment.toDateString() === new Date(now).toDateString();
  return isToday ? time : `${time} on ${dayOf(moment)}`;
}

export const shortCommit = (commit: string): string => commit.slice(0, 7);

const twoDigits = (value: number): string => String(value).padStart(2, '0');
const dayOf = (moment: Date): string =>
  [moment.getFullYear(), twoDigits(moment.getMonth() + 1), twoDigits(moment.getDate())].join('-');

interface Units {
  readonly large: number;
  readonly largeWord: string;
  readonly small: number;
  readonly smallWord: string;
}

function twoUnits(ms: number, { large, largeWord, small, smallWord }: Units): string {
  const rest = Math.floor((ms % large) / small);
  return `${Math.floor(ms / large)} ${largeWord}${rest > 0 ? ` ${rest} ${smallWord}` : ''}`;
}
