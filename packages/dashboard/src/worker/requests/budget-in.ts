/** What a host says, with an answer, of how many requests are left. */
import type { Budget } from '../protocol.ts';

/** null: it does not count, or does not say so. */
export function budgetIn(headers: Headers): Budget | null {
  const [limit, left, resetsAt] = ['limit', 'remaining', 'reset'].map((word) => headers.get(`x-ratelimit-${word}`));
  if (!limit || !left || !resetsAt) return null;
  return { limit: Number(limit), left: Number(left), resetsAt: Number(resetsAt) * 1_000 };
}

/** Answers come in any order, and some out of a cache: in the same hour there is never more left than before. */
export function budgetAfter(known: Budget | null, heard: Budget | null): Budget | null {
  if (!known || !heard) return heard ?? known;
  if (heard.resetsAt < known.resetsAt) return known;
  return heard.resetsAt === known.resetsAt && known.left < heard.left ? known : heard;
}
