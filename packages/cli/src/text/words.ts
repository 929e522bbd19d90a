/** How values are said to people: lengths of time, ages, statuses with their tone. */
import { elapsedMs, type Time } from '@gityard/domain';
import type { Span, Tone } from './lines.ts';

const STEPS: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
];

/** The two largest units: `2h 5m`, `40s`. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const at = STEPS.findIndex(([, size]) => seconds * 1000 >= size);
  const step = STEPS[at];
  if (!step) return `${seconds}s`;
  const [unit, size] = step;
  const whole = Math.floor((seconds * 1000) / size);
  const rest = seconds * 1000 - whole * size;
  const [nextUnit, nextSize] = STEPS[at + 1] ?? ['s', 1000];
  const more = Math.floor(rest / nextSize);
  return more === 0 ? `${whole}${unit}` : `${whole}${unit} ${more}${nextUnit}`;
}

/** A stamp of another machine may lie a little ahead of our clock. */
export const agoText = (time: Time | null | undefined, now: Time): string =>
  time ? `${durationText(elapsedMs(time, now))} ago` : '';

const TONES: Readonly<Record<string, Tone>> = {
  succeeded: 'good',
  fresh: 'good',
  Idle: 'good',
  live: 'good',
  ok: 'good',
  running: 'busy',
  claimed: 'busy',
  Building: 'busy',
  late: 'warn',
  expired: 'warn',
  cancelled: 'warn',
  Maintenance: 'warn',
  draining: 'warn',
  maintenance: 'warn',
  failed: 'bad',
  stuck: 'bad',
  silent: 'bad',
  lost: 'bad',
  Offline: 'bad',
  offline: 'bad',
  denied: 'bad',
  invalid: 'bad',
};

/** A status is a word and a colour, never a colour alone. */
export function statusSpan(status: string): Span {
  const tone = TONES[status];
  return tone ? { text: status, tone } : status;
}

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** Three digits are enough for people. */
export function sizeText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const at = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1000 ** at).toPrecision(3))} ${at === 0 && bytes === 1 ? 'byte' : units[at]}`;
}
