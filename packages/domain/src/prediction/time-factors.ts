/**
 * How much longer builds take at an hour of the day, or on a day of the week, than builds of about the same time do otherwise.
 * Each is compared with those just before and after it, so that a build which grew over the months is not taken for slow hours.
 */
import type { Past } from './history.ts';
import { medianOf } from './quantile.ts';

type TimeOfDay = Pick<Past, 'hour' | 'day'>;

export interface TimeFactors {
  /** 1 = as usual, or too little is known, or it makes no difference that matters. */
  hour(at: TimeOfDay): number;
  day(at: TimeOfDay): number;
}

/** On each side, of which about as many are by day as by night. */
const NEIGHBOURS = 10;
const ENOUGH = 8;
const LEAST_DIFFERENCE = 0.05;
/** So many times its error a median may lie off by chance alone, measured by the median distance from it. */
const CHANCE = 4;

export function timeFactors(newestFirst: readonly Past[]): TimeFactors {
  const logs = newestFirst.map(({ record }) => Math.log(Math.max(record.seconds, 0.001)));
  const rows = newestFirst.map((past, at) => ({ past, ratio: (logs[at] ?? 0) - levelAround(logs, at) }));
  const hours = Array.from({ length: 24 }, (_, hour) => factorOf(rows, (it) => apart(it.hour, hour) <= 1));
  const rest = rows.map(({ past, ratio }) => ({ past, ratio: ratio - Math.log(hours[past.hour] ?? 1) }));
  const days = Array.from({ length: 7 }, (_, day) => factorOf(rest, (it) => it.day === day));
  return { hour: ({ hour }) => hours[hour] ?? 1, day: ({ day }) => days[day] ?? 1 };
}

/** The mean of logarithms: where half of the builds take three times as long, a median would jump between the halves. */
function levelAround(logs: readonly number[], at: number): number {
  const near = logs.slice(Math.max(0, at - NEIGHBOURS), at + NEIGHBOURS + 1);
  return near.reduce((sum, it) => sum + it, 0) / near.length;
}

interface Row {
  readonly past: Past;
  readonly ratio: number;
}

/** Where nearly all were built at that time, there is nothing that it could be slower than. */
function factorOf(all: readonly Row[], isThen: (past: Past) => boolean): number {
  const rows = all.filter((it) => isThen(it.past));
  if (Math.min(rows.length, all.length - rows.length) < ENOUGH) return 1;
  const ratios = rows.map((it) => it.ratio);
  const middle = medianOf(ratios);
  const spread = medianOf(ratios.map((it) => Math.abs(it - middle)));
  return Math.abs(middle) < Math.max(LEAST_DIFFERENCE, (CHANCE * spread) / Math.sqrt(rows.length))
    ? 1
    : Math.exp(middle);
}

function apart(hour: number, other: number): number {
  const difference = Math.abs(hour - other);
  return Math.min(difference, 24 - difference);
}
