/** When a disk will be full, if it goes on filling as it did in the last week. Pure. */
import type { Tone } from '../../words.ts';
import type { PresenceAnswer } from '../../worker/questions/presence.ts';

type Disk = NonNullable<PresenceAnswer['disk']>;
const SOON_DAYS = 7;
const FAR_DAYS = 180;

export function diskForecast({ points, trendGBPerDay }: Disk): { readonly tone: Tone; readonly text: string } {
  const free = points.at(-1)?.freeGB;
  const of = `by ${points.length} hourly ${points.length === 1 ? 'reading' : 'readings'}`;
  if (free === undefined || trendGBPerDay === null)
    return { tone: 'off', text: 'No forecast yet: half a day of readings is the least.' };
  if (trendGBPerDay >= 0) return { tone: 'ok', text: `It is not filling, ${of}.` };
  const days = free / -trendGBPerDay;
  const pace = `it fills by ${Math.abs(trendGBPerDay)} GB a day, ${of}`;
  if (days > FAR_DAYS) return { tone: 'ok', text: `Not full within half a year: ${pace}.` };
  return { tone: days < SOON_DAYS ? 'bad' : 'wait', text: `Full in about ${daysWords(days)}: ${pace}.` };
}

const daysWords = (days: number): string =>
  days < 1
    ? `${Math.max(1, Math.round(days * 24))} h`
    : `${Math.round(days)} ${Math.round(days) === 1 ? 'day' : 'days'}`;
