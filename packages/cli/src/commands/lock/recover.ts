/**
 * Frees locks whose holders are gone: by their own time, and with --timeout also those that are held for longer than that.
 * Each former holder is told by a message in the same commit.
 */
import { type Lock, type RefusalCode, staleHolds } from '@gityard/domain';
import { newId } from '@gityard/yard';
import { answer, defineCommand } from '../../command.ts';
import { duration } from '../../parameters.ts';
import { dim, line } from '../../text/lines.ts';
import { performed } from '../../yard/act.ts';
import { lockTimeoutMs } from '../../yard/take-lock.ts';

export const command = defineCommand({
  name: 'lock recover',
  summary: 'free locks whose time is up',
  details:
    'Locks of running jobs are left alone. What has no time of its own is freed after 10m. LOCK_TIMEOUT (seconds) is the default of --timeout.',
  example: 'gityard lock recover --timeout 600',
  acts: true,
  parameters: { timeout: duration('time', 'also free what is held for longer than this, whatever its own time') },
  run: async (context, { timeout }) => {
    const { state } = await context.yard();
    const { id: by } = await context.identity();
    const limitMs = timeout ?? lockTimeoutMs(context.io.env) ?? null;
    const now = context.now();
    const holdsOf = (lock: Lock) => staleHolds(state, lock, { limitMs, now });
    const stale = [...state.locks].filter((it) => holdsOf(it).length > 0);
    // Asked for at once, they share one commit.
    const outcomes = await Promise.all(
      stale.map((lock) => {
        const messageIds = holdsOf(lock).map(() => newId());
        return performed(context, 'recover', { name: lock.name, limitMs, messageIds, by, reason: context.reason });
      }),
    );
    const refused = outcomes.find((it) => !it.ok && !GONE.has(it.code));
    if (refused && !refused.ok) return refused;
    const recovered = outcomes.flatMap((it) =>
      it.ok
        ? it.result.freed.map(({ holder, token, why }) => ({
            name: it.result.lock.name,
            holder,
            token,
            reason: context.reason ?? why,
          }))
        : [],
    );
    const { dryRun } = context.flags;
    return answer({ dryRun, recovered }, () => [
      ...recovered.map((it) =>
        line(`${dryRun ? 'would free' : 'freed'} lock ${it.name} of ${it.holder}: ${it.reason}`),
      ),
      ...(recovered.length === 0 ? [[dim('nothing to recover')]] : []),
    ]);
  },
});

/** Somebody else freed it meanwhile: that is no failure, and not ours to report. */
const GONE: ReadonlySet<RefusalCode> = new Set(['NOT_FOUND', 'NOTHING_TO_DO']);
