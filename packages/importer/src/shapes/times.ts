/**
 * The three ways in which a predecessor wrote times, and their variants, to one: RFC 3339 with an offset, `2025-11-13
 * 12:00:00` without a zone (meant is UTC, and that is told), seconds or milliseconds since 1970.
 */
import { type Time, toTime } from '@gityard/domain';

export interface ReadTime {
  readonly time: Time;
  /** Nobody wrote a zone. */
  readonly zoneAssumed: boolean;
}

/** Between these a number is a time at all; above the third it counts milliseconds. */
const EARLIEST_MS = Date.UTC(2000, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);
const MILLISECONDS_FROM = 100_000_000_000;

const WRITTEN =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[T _]+(\d\d)[:-]?(\d\d)(?:[:-]?(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?$/i;

export function readTime(value: unknown): ReadTime | undefined {
  if (typeof value === 'number') return ofNumber(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (/^\d{9,13}(\.\d+)?$/.test(text)) return ofNumber(Number(text));
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = WRITTEN.exec(text) ?? [];
  if (year === undefined) return undefined;
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  if (new Date(ms).getUTCDate() !== Number(day)) return undefined;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
  return within(ms + milliseconds - offsetMs(zone), zone === undefined);
}

function ofNumber(value: number): ReadTime | undefined {
  return within(value >= MILLISECONDS_FROM ? value : value * 1000, false);
}

function within(ms: number, zoneAssumed: boolean): ReadTime | undefined {
  return ms >= EARLIEST_MS && ms < LATEST_MS ? { time: toTime(Math.trunc(ms)), zoneAssumed } : undefined;
}

function offsetMs(zone: string | undefined): number {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone ?? '') ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
