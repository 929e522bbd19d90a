/** The time that an entry tells under one of its names, with what had to be assumed about it. */
import type { Time } from '@gityard/domain';
import type { Fields } from '../reading/items-in.ts';
import { pick } from './fields.ts';
import { readTime } from './times.ts';

const ZONE_ASSUMED = 'a time without a zone was taken as UTC';

export function timeOf(fields: Fields, notes: string[], ...names: readonly string[]): Time | null {
  for (const name of names) {
    const value = pick(fields, name);
    if (value === undefined) continue;
    const read = readTime(value);
    if (read?.zoneAssumed) notes.push(ZONE_ASSUMED);
    if (read) return read.time;
    notes.push(`"${name}" is no time that could be read`);
  }
  return null;
}

/** These say that something was mended, not only assumed. */
export const REPAIRS = {
  noTime: 'had no time; that of the commit or the file was taken',
  future: 'told a time in the future, which became that of the import',
} as const;

/** Of what is over by nature: no clock that ran ahead there may keep it at the top here. */
export function pastTime(time: Time | null, now: Time, notes: string[]): Time | null {
  if (time === null || time <= now) return time;
  if (!notes.includes(REPAIRS.future)) notes.push(REPAIRS.future);
  return now;
}

/** Some ids begin with the second they were made in: `msg_1763035200_4711`. */
export function timeInId(id: string | null): Time | null {
  const [digits] = /(?<!\d)1[0-9]{9}(?:\d{3})?(?!\d)/.exec(id ?? '') ?? [];
  return digits === undefined ? null : (readTime(Number(digits))?.time ?? null);
}
