/** Takes a lock, standing in line for it as long as wished. Leaves the line when the wait is over or interrupted. */
import { type Acquired, after, type Lock } from '@gityard/domain';
import type { Outcome } from '@gityard/yard';
import type { Context } from '../context.ts';
import { CliError, usageError } from '../errors.ts';
import { readDuration } from '../read-words.ts';
import { durationText } from '../text/words.ts';
import { type Follow, looks } from './follow.ts';

export interface TakeLock {
  readonly name: string;
  readonly holder: string;
  readonly ttlMs: number;
  readonly waitMs: number;
  readonly count: number | undefined;
}

export type Taken = Extract<Acquired, { held: true }>;

export async function takeLock(context: Context, wish: TakeLock): Promise<Outcome<Taken>> {
  // Heard from before there is anything that would have to be given up.
  const signal = context.interruption();
  const deadlineMs = performance.now() + wish.waitMs;
  const { state } = await context.yard();
  const heldBefore = state.locks.get(wish.name)?.holders.some((it) => it.holder === wish.holder) ?? false;
  try {
    const taken = await standInLine(context, wish, { signal, deadlineMs });
    signal.throwIfAborted();
    if (taken) return taken;
  } catch (error) {
    // What was asked for may have been given, though the answer was not waited for. What was held before stays held.
    if (signal.aborted && !heldBefore) await leaveLine(context, wish);
    throw error;
  }
  await leaveLine(context, wish);
  throw new CliError('TIMEOUT', `lock ${wish.name} did not come free in ${durationText(wish.waitMs)}`, {
    hint: 'gityard lock list shows who holds it',
  });
}

/** Undefined when the time is over. Asking again changes nothing while others are before us. */
async function standInLine(context: Context, wish: TakeLock, wait: Follow): Promise<Outcome<Taken> | undefined> {
  const yard = await context.yard();
  const waitUntil = wish.waitMs > 0 ? after(context.now(), wish.waitMs) : null;
  let told = false;
  for await (const _ of looks(context, wait)) {
    const input = { ...askedOf(wish), waitUntil, reason: context.reason, now: context.now() };
    const outcome = await yard.perform('acquire', input, { signal: wait.signal });
    if (!outcome.ok) return outcome;
    const { result } = outcome;
    if (result.held) return { ...outcome, result };
    if (!told) context.note(`waiting for lock ${wish.name}: ${result.ahead} ahead, ${heldBy(result.lock)}`);
    told = true;
  }
  return undefined;
}

const askedOf = ({ name, holder, ttlMs, count }: TakeLock) => ({
  name,
  holder,
  ttlMs,
  ...(count !== undefined && { count }),
});

const heldBy = ({ holders }: Lock): string =>
  holders.length === 0 ? 'it is kept for them' : `held by ${holders.map((it) => it.holder).join(', ')}`;

/** A place that nobody waits in any more would hold up those behind it until its time is over. */
async function leaveLine(context: Context, { name, holder }: TakeLock): Promise<void> {
  const yard = await context.yard();
  await yard.perform('release', { name, holder, token: null, now: context.now() });
}

/** LOCK_TIMEOUT is the length of a hold in seconds, as the scripts of old had it. */
export function lockTimeoutMs(env: NodeJS.ProcessEnv): number | undefined {
  const word = env.LOCK_TIMEOUT;
  if (word === undefined || word === '') return undefined;
  const ms = /^\d+$/.test(word) ? readDuration(word, 'LOCK_TIMEOUT') : undefined;
  if (ms !== undefined && ms > 0) return ms;
  throw usageError(`LOCK_TIMEOUT=${word} is no number of seconds`, 'write for example LOCK_TIMEOUT=900');
}

export const DEFAULT_TTL_MS = 600_000;
