/** Takes a lock for an agent; the answer carries the fencing token for whatever the lock protects. */
import { lockView } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { argument, duration, option, wholeNumber } from '../../parameters.ts';
import { good, line } from '../../text/lines.ts';
import { foretell } from '../../yard/act.ts';
import { DEFAULT_TTL_MS, lockTimeoutMs, takeLock } from '../../yard/take-lock.ts';

export const command = defineCommand({
  name: 'lock acquire',
  summary: 'take a lock, or a place in its line',
  details: 'Who holds it already holds it for longer. LOCK_TIMEOUT (seconds) is the default of --ttl.',
  example: 'gityard lock acquire deploy --ttl 10m --wait 30s',
  acts: true,
  parameters: {
    name: argument('name', 'the name of the lock'),
    ttl: duration('time', 'after which it comes free by itself; else 10m'),
    wait: duration('time', 'how long to stand in line; else not at all'),
    count: wholeNumber('N', 'holders at once, when nobody holds it yet', { minimum: 1 }),
    holder: option('name', 'who holds it; else the agent'),
  },
  run: async (context, args) => {
    const holder = args.holder ?? (await context.identity()).id;
    const ttlMs = args.ttl ?? lockTimeoutMs(context.io.env) ?? DEFAULT_TTL_MS;
    const wish = { name: args.name, holder, ttlMs, waitMs: args.wait ?? 0, count: args.count };
    if (context.flags.dryRun) {
      const asked = { name: wish.name, holder, ttlMs, count: wish.count, waitUntil: null };
      return foretell(context, 'acquire', { ...asked, reason: context.reason });
    }
    const taken = await takeLock(context, wish);
    if (!taken.ok) return taken;
    const { lock, token } = taken.result;
    const own = lock.holders.find((it) => it.holder === holder);
    const value = {
      ...lockView(lock),
      holder,
      token,
      acquiredAt: own?.acquiredAt ?? null,
      expiresAt: own?.expiresAt ?? null,
    };
    return answer(value, () => [
      line('lock ', good(lock.name), ` is held by ${holder}, token ${token}, until ${own?.expiresAt}`),
    ]);
  },
});
