/**
 * Frees locks whose holders are gone: by their own time, and with --timeout also those that are held for longer than that.
 * The next in line would get an expired one anyway; this makes the list tell the truth, and leaves the reason in the history.
 */
import { elapsedMs, isPast, type Lock, type LockHolder, type RefusalCode, type Time } from '@gityard/domain';
import type { Outcome } from '@gityard/yard';
import { answer, defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { duration } from '../../parameters.ts';
import { dim, line } from '../../text/lines.ts';
import { durationText } from '../../text/words.ts';
import { performed } from '../../yard/act.ts';
import { lockTimeoutMs } from '../../yard/take-lock.ts';

export const command = defineCommand({
  name: 'lock recover',
  summary: 'free locks whose time is up',
  details: 'Locks of running jobs are left alone. LOCK_TIMEOUT (seconds) is the default of --timeout.',
  example: 'gityard lock recover --timeout 600',
  acts: true,
  parameters: { timeout: duration('time', 'also free what is held for longer than this, whatever its own time') },
  run: async (context, { timeout }) => {
    const yard = await context.yard();
    const limitMs = timeout ?? lockTimeoutMs(context.io.env) ?? Number.POSITIVE_INFINITY;
    const now = context.now();
    const stale = [...yard.state.locks].flatMap((lock) =>
      staleHolders(lock, { limitMs, now }).map((it) => ({ lock, ...it })),
    );
    const outcomes = await Promise.all(stale.map((it) => free(context, it)));
    const refused = outcomes.find((it) => !it.ok && !GONE.has(it.code));
    if (refused && !refused.ok) return refused;
    const freed = stale.filter((_, at) => outcomes[at]?.ok);
    const value = {
      dryRun: context.flags.dryRun,
      recovered: freed.map(({ lock, holder, why }) => ({
        name: lock.name,
        holder: holder.holder,
        token: holder.token,
        reason: why,
      })),
    };
    return answer(value, () => [
      ...value.recovered.map((it) =>
        line(`${value.dryRun ? 'would free' : 'freed'} lock ${it.name} of ${it.holder}: ${it.reason}`),
      ),
      ...(value.recovered.length === 0 ? [[dim('nothing to recover')]] : []),
    ]);
  },
});

interface Stale {
  readonly lock: Lock;
  readonly holder: LockHolder;
  readonly why: string;
}

function staleHolders({ holders }: Lock, { limitMs, now }: { limitMs: number; now: Time }): Omit<Stale, 'lock'>[] {
  return holders.flatMap((holder) => {
    if (holder.expiresAt === null) return [];
    if (isPast(holder.expiresAt, now)) return [{ holder, why: `its time was up at ${holder.expiresAt}` }];
    const heldMs = elapsedMs(holder.acquiredAt, now);
    return heldMs > limitMs
      ? [{ holder, why: `held for ${durationText(heldMs)}, longer than ${durationText(limitMs)}` }]
      : [];
  });
}

/** Somebody else freed it meanwhile: that is no failure, and not ours to report. */
const GONE: ReadonlySet<RefusalCode> = new Set(['NOT_FOUND', 'NOTHING_TO_DO', 'NOT_HELD', 'STALE_TOKEN']);

async function free(context: Context, { lock, holder, why }: Stale): Promise<Outcome<Lock>> {
  const { id: by } = await context.identity();
  const reason = context.reason ?? `recovered: ${why}`;
  // Breaking takes the lock from all its holders, so it is for a lock that has no other.
  return lock.holders.length === 1
    ? performed(context, 'break', { name: lock.name, by, reason })
    : performed(context, 'release', { name: lock.name, holder: holder.holder, token: holder.token }, reason);
}
