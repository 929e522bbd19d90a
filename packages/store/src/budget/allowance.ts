/**
 * How long the next push has to wait: a pure function of the last pushes and the budget. Two rules at once. Our share of the
 * budget fills a bucket of tokens, so that over time no more than the share is used; and whatever the bucket holds, no minute
 * sees more pushes than the whole budget. Whoever is less urgent leaves one push over for a claim.
 */
const MINUTE_MS = 60_000;
/** One push may take longer to the remote than the next, and it is there that they are counted. */
const WINDOW_MS = MINUTE_MS + 1_000;

export interface Allowance {
  readonly perMinute: number;
  /** Which part of it is ours. */
  readonly share: number;
}

export interface Wish {
  readonly nowMs: number;
  /** May use the last push as well. */
  readonly urgent: boolean;
}

/** What one job costs (claim, start, end) and one to spare: an agent that was quiet has saved this many, however small its share. */
const SAVED = 4;
/** What could not wait is saved up for afterwards: the start and the end of a job, and no more. */
const DEBT = 2;
const RESERVE = 1;
/** Of fewer, one kept back would be half of what there is. */
const WORTH_A_RESERVE = 4;
/** A slowed budget is whole again after so long. */
const RAISED_AFTER_MS = 10 * MINUTE_MS;
const LEAST_SCALE = 1 / 8;

export function waitMs(pushes: readonly number[], allowance: Allowance, { nowMs, urgent }: Wish): number {
  const reserve = urgent || sizeOf(allowance) < WORTH_A_RESERVE ? 0 : RESERVE;
  return Math.max(untilToken(pushes, allowance, nowMs), untilWindow(pushes, allowance, { nowMs, reserve }));
}

export const usedIn = (pushes: readonly number[], nowMs: number): number => lastMinute(pushes, nowMs).length;

/** Of the budget, as long as a host's complaint is not forgotten: what it fell to, slowly raised. */
export function scaleNow({ scale, atMs }: { scale: number; atMs: number }, nowMs: number): number {
  return Math.min(1, scale + Math.max(0, nowMs - atMs) / RAISED_AFTER_MS);
}

export const halved = (scale: number): number => Math.max(LEAST_SCALE, scale / 2);

interface Leaving {
  readonly nowMs: number;
  readonly reserve: number;
}

function untilToken(pushes: readonly number[], allowance: Allowance, nowMs: number): number {
  const perMs = (allowance.perMinute * allowance.share) / MINUTE_MS;
  const most = Math.max(Math.min(SAVED, sizeOf(allowance)), allowance.perMinute * allowance.share);
  let tokens = most;
  let atMs = pushes[0] ?? nowMs;
  for (const pushMs of pushes) {
    tokens = Math.max(-DEBT, Math.min(most, tokens + (pushMs - atMs) * perMs) - 1);
    atMs = pushMs;
  }
  tokens = Math.min(most, tokens + (nowMs - atMs) * perMs);
  return Math.max(0, Math.ceil((1 - tokens - ROUNDING) / perMs));
}

const ROUNDING = 1e-6;

function untilWindow(pushes: readonly number[], allowance: Allowance, { nowMs, reserve }: Leaving): number {
  const recent = lastMinute(pushes, nowMs);
  const blocking = recent[recent.length - (sizeOf(allowance) - reserve)];
  return blocking === undefined ? 0 : blocking + WINDOW_MS - nowMs;
}

/** A budget below one a minute allows one all the same, only less often. */
const sizeOf = ({ perMinute }: Allowance): number => Math.max(1, Math.floor(perMinute));

const lastMinute = (pushes: readonly number[], nowMs: number): readonly number[] =>
  pushes.filter((it) => it > nowMs - WINDOW_MS);
