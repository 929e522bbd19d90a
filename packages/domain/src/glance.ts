/** Values as people glance at them, in the same words on the page and in the editor. What is unknown is said to be. */
import { elapsedMs, type Time } from './time.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `12 s`, `3 min`, `2 h`, `4 d`: the largest unit alone. */
export function largestUnit(ms: number): string {
  if (!Number.isFinite(ms)) return 'unknown';
  const whole = Math.max(0, ms);
  if (whole < MINUTE) return `${Math.floor(whole / SECOND)} s`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} min`;
  return whole < 2 * DAY ? `${Math.floor(whole / HOUR)} h` : `${Math.floor(whole / DAY)} d`;
}

/** A stamp from a clock ahead of ours is no age at all. */
export function ageWords(since: Time, now: Time): string {
  const ms = elapsedMs(since, now);
  if (!Number.isFinite(ms)) return 'at an unknown time';
  return ms < SECOND ? 'just now' : `${largestUnit(ms)} ago`;
}

/** The last name of an address: `https://host/team/app.git` is `app`. */
export function repositoryName(repository: string): string {
  const names = repository.replace(/[/\\]+$/, '').split(/[/\\:]/);
  return names.at(-1)?.replace(/\.git$/, '') || repository;
}

/** Its time, and its end: parts of one job are made in the same millisecond. */
export const shortId = (id: string): string => (id.length > 14 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id);

/** `1 job`, `3 jobs`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
