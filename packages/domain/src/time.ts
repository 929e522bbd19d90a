/** Instants are RFC 3339 strings in UTC, so that files, types and eyes agree. Nothing here asks the time. */
export type Time = string;

/**
 * How far two machines' clocks may differ before a comparison of their stamps is meant to hold. The only place
 * where stamps of two machines meet; who may take a lease over is decided by watching, not by stamps (DESIGN §5).
 */
export const CLOCK_SLACK_MS = 2_000;
export const DAY_MS = 86_400_000;

export const toMs = (time: Time): number => Date.parse(time);
export const toTime = (ms: number): Time => new Date(ms).toISOString();
export const after = (time: Time, ms: number): Time => toTime(toMs(time) + ms);
export const elapsedMs = (from: Time, to: Time): number => toMs(to) - toMs(from);
export const isBefore = (a: Time, b: Time): boolean => toMs(a) < toMs(b);
/** True when a stamp that another machine may have written surely lies behind us. */
export const isPast = (stamp: Time, now: Time): boolean => toMs(now) > toMs(stamp) + CLOCK_SLACK_MS;
