/** Runs a command while holding a lock, and stops it when the lock is lost. The exit code is the command's; 125 is our own failure. */
import { newBoot } from '@gityard/yard';
import { defineCommand } from '../../command.ts';
import { argument, duration, rest, wholeNumber } from '../../parameters.ts';
import { foretell } from '../../yard/act.ts';
import { startGuarded } from '../../yard/guarded-process.ts';
import { holdWhile } from '../../yard/hold-while.ts';
import { DEFAULT_TTL_MS, lockTimeoutMs, takeLock } from '../../yard/take-lock.ts';

const OWN_FAILURE = 125;

export const command = defineCommand({
  name: 'lock run',
  summary: 'run a command while holding a lock',
  details:
    'Exits as the command does; 125 when the lock was not to be had or was lost. The command sees GITYARD_LOCK and GITYARD_LOCK_TOKEN.',
  example: 'gityard lock run deploy --wait 5m -- ./deploy.sh',
  failureExitCode: OWN_FAILURE,
  acts: true,
  parameters: {
    name: argument('name', 'the name of the lock'),
    ttl: duration('time', 'after which it comes free if this machine dies; else 10m'),
    wait: duration('time', 'how long to stand in line; else not at all'),
    count: wholeNumber('N', 'holders at once, when nobody holds it yet', { minimum: 1 }),
    command: rest('command', 'the command and its arguments', 'required'),
  },
  run: async (context, { name, ttl, wait = 0, count, command: words }) => {
    const ttlMs = ttl ?? lockTimeoutMs(context.io.env) ?? DEFAULT_TTL_MS;
    // Two runs on one machine are two holders.
    const holder = `${(await context.identity()).id}/${newBoot()}`;
    if (context.flags.dryRun) {
      const wish = { name, holder, ttlMs, count, waitUntil: null, reason: context.reason };
      return foretell(context, 'acquire', wish);
    }
    const signal = context.interruption();
    const taken = await takeLock(context, { name, holder, ttlMs, waitMs: wait, count });
    if (!taken.ok) return taken;

    const { token } = taken.result;
    const hold = { name, holder, ttlMs, token };
    const env = { ...context.io.env, GITYARD_LOCK: name, GITYARD_LOCK_TOKEN: String(token) };
    const child = startGuarded(words, {
      cwd: context.io.cwd,
      env,
      onFailure: (text) => context.note(`gityard: ${text}`),
    });
    const passOn = () => child.stop();
    signal.addEventListener('abort', passOn);
    const lost = await holdWhile(context, { hold, child });
    const exitCode = await child.exitCode;
    if (lost === undefined) return exitCode;
    context.note(`gityard: lock ${name} was lost while the command ran, which was stopped: ${lost}`);
    return OWN_FAILURE;
  },
});
