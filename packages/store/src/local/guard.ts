/// <reference path="./proper-lockfile.d.ts" />
/**
 * One process at a time writes a local copy. The guard of a process that was killed is broken as soon as that process is
 * seen to be gone; otherwise after a minute. Whoever does not get it does without: nobody waits for it.
 */
import { readFile, rmdir, stat, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

export interface Guard {
  release(): Promise<void>;
}

const STALE_MS = 60_000;
const UPDATE_MS = 10_000;
/** Between taking the guard and writing down who took it there is a moment in which the dead one's number still stands. */
const SETTLED_AFTER_MS = 1_500;
const BETWEEN_TRIES_MS = 200;
// The library rounds the time of a lock up to whole seconds.
const TRIES = 15;

export interface GuardOptions {
  /** It was taken away from us. */
  readonly onLost: () => void;
  readonly updateMs?: number;
}

/** Undefined: somebody else has it. */
export async function takeGuard(path: string, options: GuardOptions): Promise<Guard | undefined> {
  const { onLost, updateMs = UPDATE_MS } = options;
  const { lock } = await import('proper-lockfile');
  const [lockfilePath, holderPath] = [`${path}.lock`, `${path}.holder`];
  for (let tries = 1; ; tries += 1) {
    try {
      // The library's own way to tell of a lost lock is to throw from a timer, where nobody could catch it.
      const locking = { stale: STALE_MS, update: updateMs, realpath: false, onCompromised: onLost };
      const release = await lock(path, { lockfilePath, ...locking });
      await writeFile(holderPath, `${process.pid}\n`);
      return { release: () => releaseQuietly(release) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
      if (tries === TRIES || (await isHeld(holderPath))) return undefined;
      await breakLeftover(lockfilePath);
      await delay(BETWEEN_TRIES_MS);
    }
  }
}

async function isHeld(holderPath: string): Promise<boolean> {
  const text = await readFile(holderPath, 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  if (!(pid > 0)) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

async function breakLeftover(lockfilePath: string): Promise<void> {
  const found = await stat(lockfilePath).catch(() => undefined);
  if (!found || Date.now() - found.mtimeMs < SETTLED_AFTER_MS) return;
  // Someone else may have been quicker; then there is nothing to remove, and the next try tells.
  await rmdir(lockfilePath).catch(() => undefined);
}

/** What was taken from us is not ours to release any more. */
async function releaseQuietly(release: () => Promise<void>): Promise<void> {
  try {
    await release();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ERELEASED' && code !== 'ENOTACQUIRED' && code !== 'ENOENT') throw error;
  }
}
