/**
 * How long to wait between two looks at a host that counts them. What is left of the budget is spread over what is left of
 * its hour, and more of it is spent while somebody has just come to look. Others behind the same address are accounted for
 * by themselves, because the host says with each answer what is left for all: who sees it shrink faster than by its own
 * looks takes only its share of what is left.
 */
import type { Budget } from '../protocol.ts';

export interface Watching {
  readonly budget: Budget | null;
  /** By the host's clock. */
  readonly now: number;
  /** Since somebody came to look. */
  readonly watchedMs: number;
  /** How many seem to look at once, this one included. */
  readonly sharers: number;
}

const MINUTE_MS = 60_000;
/** Requests that no look may take: they are for what people click. */
const KEPT_FOR_CLICKS = 6;
const SHORTEST_MS = 15_000;
/** Where thousands are allowed, or nothing is counted. */
const SHORTEST_OF_MANY_MS = 10_000;
const MANY = 1_000;
const LONGEST_MS = 600_000;

export function intervalMs({ budget, now, watchedMs, sharers }: Watching): number {
  const shortestMs = shortestOf(budget);
  const windowMs = (budget?.resetsAt ?? 0) - now;
  if (!budget || windowMs <= 0) return shortestMs;
  if (isUsedUp(budget, now)) return windowMs;
  const evenlyMs = windowMs / (budget.left - KEPT_FOR_CLICKS);
  return Math.min(Math.max(evenlyMs * sharers * weightOf(watchedMs), shortestMs), LONGEST_MS);
}

/** Nothing is left for looks until the host counts anew. */
export const isUsedUp = (budget: Budget | null, now: number): boolean =>
  budget !== null && budget.left <= KEPT_FOR_CLICKS && budget.resetsAt > now;

/** Not even what people click is answered. */
export const hasNone = (budget: Budget | null, now: number): boolean =>
  budget !== null && budget.left <= 0 && budget.resetsAt > now;

const MOST_SHARERS = 4;

/** By how much the budget shrank from one look to the next. What one person opens meanwhile looks like others, so that it counts little by little. */
export function sharersAfter(
  sharers: number,
  { before, after }: { before: Budget | null; after: Budget | null },
): number {
  if (!before || !after || before.resetsAt !== after.resetsAt) return sharers;
  const seen = Math.min(Math.max(before.left - after.left, 1), MOST_SHARERS);
  return sharers + (seen - sharers) / 3;
}

const shortestOf = (budget: Budget | null): number =>
  budget !== null && budget.limit < MANY ? SHORTEST_MS : SHORTEST_OF_MANY_MS;

/** Most visits are short, and the first minutes are the ones in which people wait for news. */
function weightOf(watchedMs: number): number {
  if (watchedMs < 5 * MINUTE_MS) return 0.33;
  return watchedMs < 20 * MINUTE_MS ? 0.6 : 1;
}
