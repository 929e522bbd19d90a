/// <reference path="./proper-lockfile.d.ts" />
/**
 * A lock among the processes of one machine. Where its holder is noted, the lock of a process that was killed is broken as soon
 * as that process is seen to be gone; any other grows stale. Nobody waits here for somebody who lives.
 */
import { readFileSync } from 'node:fs';
import { readFile, rmdir, stat, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

export interface FileLock {
  /** Somebody took it away. */
  readonly isLost: boolean;
  release(): Promise<void>;
}

export interface FileLockOptions {
  /** So long after its last renewal it is anybody's. */
  readonly staleMs: number;
  readonly updateMs: number;
  /** The file that names the process which holds it. */
  readonly holderPath?: string;
  /**
   * Whether this very process has it already. Where that is known, a note with our own number that is not ours is of a dead
   * process: in a container the next one has the number of the last. Left out: whoever has our number lives.
   */
  readonly isHeldHere?: () => boolean;
  readonly onLost?: (reason: string) => void;
}

/** `heldBy`: the process, where that is known. */
export type Taken = { readonly lock: FileLock } | { readonly lock: undefined; readonly heldBy: number | undefined };

/** Between taking a lock and noting who took it there is a moment in which the dead one's number still stands. */
const SETTLED_AFTER_MS = 1_500;
const BETWEEN_TRIES_MS = 200;
// The library rounds the time of a lock up to whole seconds.
const TRIES = 15;

/** `path` is the lock itself. Throws where the disk does not let itself be locked. */
export async function takeFileLock(path: string, options: FileLockOptions): Promise<Taken> {
  const { holderPath, isHeldHere = () => true } = options;
  const lives = (pid: number): boolean => (pid === process.pid ? isHeldHere() : isAlive(pid));
  for (let tries = 1; ; tries += 1) {
    const lock = await tryLock(path, options);
    if (lock) return { lock };
    const heldBy = holderPath === undefined ? undefined : await notedHolder(holderPath);
    const isOver = holderPath === undefined || tries === TRIES;
    if (isOver || (heldBy !== undefined && lives(heldBy))) return { lock: undefined, heldBy };
    if (heldBy !== undefined) await breakLeftover(path);
    await delay(BETWEEN_TRIES_MS);
  }
}

export function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Dead, and only its parent has not noticed: it takes a signal, and does nothing any more. Told where there is a `/proc`. */
function isZombie(pid: number): boolean {
  try {
    // The name of the program stands in brackets, and may hold any.
    return /^[ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /s, ''));
  } catch {
    return false;
  }
}

async function tryLock(path: string, options: FileLockOptions): Promise<FileLock | undefined> {
  const { staleMs, updateMs, holderPath, onLost } = options;
  const { lock } = await import('proper-lockfile');
  let isLost = false;
  const locking = {
    lockfilePath: path,
    stale: staleMs,
    update: updateMs,
    realpath: false,
    // The library's own default throws from a timer, which nobody could catch.
    onCompromised: (error: Error) => {
      isLost = true;
      onLost?.(error.message);
    },
  };
  try {
    const release = await lock(path, locking);
    if (holderPath !== undefined) await noteHolder(holderPath);
    return {
      get isLost() {
        return isLost;
      },
      release: () => release().catch(unlessGone),
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOCKED') return undefined;
    throw error;
  }
}

/** Without the note (a full disk) nobody breaks the lock, and it grows stale. */
async function noteHolder(path: string): Promise<void> {
  await writeFile(path, `${process.pid}\n`).catch((error: NodeJS.ErrnoException) => {
    if (error.code === undefined) throw error;
  });
}

async function notedHolder(path: string): Promise<number | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return /^\d{1,9}\s*$/.test(text) ? Number(text) : undefined;
}

async function breakLeftover(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found || Date.now() - found.mtimeMs < SETTLED_AFTER_MS) return;
  // Someone else may have been quicker; then there is nothing to remove, and the next try tells.
  await rmdir(path).catch(() => undefined);
}

/** A lock that was taken from us is not ours to release any more. */
function unlessGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ERELEASED' && error.code !== 'ENOTACQUIRED' && error.code !== 'ENOENT') throw error;
}
