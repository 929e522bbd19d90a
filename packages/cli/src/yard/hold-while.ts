/**
 * Keeps a lock while a command runs: renews it at a third of its time, gives it back at the end, and stops the command when
 * it was taken away or could not be renewed for two thirds. Whoever comes next must not meet the command still at work.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '../context.ts';
import { failureOf } from '../failure-of.ts';
import type { GuardedProcess } from './guarded-process.ts';

/** A hold of years is renewed every day: the timers of Node end at some 24 days. */
const DAY_MS = 86_400_000;

export interface Hold {
  readonly name: string;
  readonly holder: string;
  readonly ttlMs: number;
  readonly token: number;
}

/** Resolves when the command has ended; with a sentence when the lock was lost before. */
export async function holdWhile(
  context: Context,
  { hold, child }: { hold: Hold; child: GuardedProcess },
): Promise<string | undefined> {
  const over = new AbortController();
  void child.ended.then(() => over.abort());
  const lost = await renewUntil(context, hold, over.signal);
  if (lost !== undefined) child.stop();
  await child.ended;
  if (lost === undefined) await giveBack(context, hold);
  return lost;
}

async function renewUntil(context: Context, hold: Hold, over: AbortSignal): Promise<string | undefined> {
  const { ttlMs } = hold;
  let renewedMs = performance.now();
  const dueMs = Math.min(ttlMs / 3, DAY_MS);
  let pauseMs = dueMs;
  for (;;) {
    await delay(pauseMs, undefined, { signal: over }).catch(() => undefined);
    if (over.aborted) return undefined;
    const askedMs = performance.now();
    // On its own clock the hold ends at its end: an answer that comes later is too late.
    const leftMs = Math.ceil(renewedMs + (ttlMs * 2) / 3 - askedMs);
    const patience = AbortSignal.timeout(Math.min(Math.max(1, leftMs), DAY_MS));
    const outcome = await renew(context, hold, patience);
    if (outcome.renewed) {
      renewedMs = askedMs;
      pauseMs = dueMs;
      continue;
    }
    if (over.aborted) return undefined;
    if (outcome.final || performance.now() - renewedMs >= (ttlMs * 2) / 3) return outcome.reason;
    context.note(`gityard: lock ${hold.name} could not be renewed, trying again: ${outcome.reason}`);
    pauseMs = Math.min(1_000, ttlMs / 12);
  }
}

type Renewal =
  | { readonly renewed: true }
  | { readonly renewed: false; readonly final: boolean; readonly reason: string };

/** Only a hold that is still there is renewed: one taken anew would hide that somebody else had it in between. */
async function renew(context: Context, { name, holder, ttlMs, token }: Hold, signal: AbortSignal): Promise<Renewal> {
  try {
    const yard = await context.yard();
    const input = { name, holder, ttlMs, waitUntil: null, reason: null, now: context.now() };
    const outcome = await yard.perform('acquire', input, { signal });
    if (!outcome.ok) return { renewed: false, final: true, reason: outcome.reason };
    const renewed = outcome.result.held && outcome.result.token === token;
    if (renewed) return { renewed };
    if (outcome.result.held) await yard.perform('release', { name, holder, token: null, now: context.now() });
    return { renewed: false, final: true, reason: 'somebody took it away' };
  } catch (error) {
    return { renewed: false, final: false, reason: failureOf(error).message };
  }
}

/** A lock that cannot be given back comes free by itself; the command's exit code matters more. */
async function giveBack(context: Context, { name, holder, token }: Hold): Promise<void> {
  try {
    const yard = await context.yard();
    const outcome = await yard.perform('release', { name, holder, token, now: context.now() });
    if (!outcome.ok)
      context.note(`gityard: lock ${name} was not ours any more when the command ended: ${outcome.reason}`);
  } catch (error) {
    context.note(`gityard: lock ${name} could not be given back, it comes free by itself: ${failureOf(error).message}`);
  }
}
