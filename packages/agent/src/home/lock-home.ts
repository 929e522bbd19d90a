/// <reference path="../proper-lockfile.d.ts" />
/**
 * One daemon for each folder: two would run builds in the same workspaces and answer to the same identity. The lock of a
 * daemon that was killed is broken at once, because its process is seen to be gone; otherwise after half a minute.
 */
import { mkdir, readFile, rmdir, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AgentError } from '../agent-error.ts';
import { pause } from '../pause.ts';
import { isAlive } from './life.ts';

export interface HomeLock {
  release(): Promise<void>;
}

// A main thread may be busy for long; it must not lose its folder for that.
const STALE_MS = 30_000;
const UPDATE_MS = 5_000;
/** Between taking the lock and noting who took it there is a moment in which the dead one's number still stands. */
const SETTLED_AFTER_MS = 1_500;
const TRIES = 15;
const BETWEEN_TRIES_MS = 200;

export async function lockHome(home: string, { onLost }: { onLost: (reason: string) => void }): Promise<HomeLock> {
  const folder = resolve(home);
  await mkdir(folder, { recursive: true });
  const { lock } = await import('proper-lockfile');
  const lockfilePath = join(folder, 'agent.lock');
  for (let tries = 1; ; tries++) {
    try {
      const release = await lock(folder, {
        lockfilePath,
        stale: STALE_MS,
        update: UPDATE_MS,
        realpath: false,
        // The library's own default throws from a timer, which nobody could catch.
        onCompromised: (error) => onLost(`the lock of ${folder} was lost: ${error.message}`),
      });
      await noteHolder(folder);
      return { release: () => releaseQuietly(release) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
      const holder = await notedHolder(folder);
      if (tries === TRIES || (holder !== undefined && isAlive(holder))) throw inUse(folder, holder);
      await breakLeftover(lockfilePath, holder);
      await pause(BETWEEN_TRIES_MS);
    }
  }
}

const notePath = (folder: string): string => join(folder, 'agent.pid');

/**
 * Who has the lock: noted with it, and not when the yard was entered, which may be hours later. Without the note (a full
 * disk) nobody breaks the lock, and it grows stale.
 */
async function noteHolder(folder: string): Promise<void> {
  await writeFile(notePath(folder), `${process.pid}\n`).catch((error: NodeJS.ErrnoException) => {
    if (error.code === undefined) throw error;
  });
}

async function notedHolder(folder: string): Promise<number | undefined> {
  const text = await readFile(notePath(folder), 'utf8').catch(() => '');
  return /^\d{1,9}\s*$/.test(text) ? Number(text) : undefined;
}

async function breakLeftover(lockfilePath: string, holder: number | undefined): Promise<void> {
  if (holder === undefined) return;
  const found = await stat(lockfilePath).catch(() => undefined);
  if (!found || Date.now() - found.mtimeMs < SETTLED_AFTER_MS) return;
  // Someone else may have been quicker; then there is nothing to remove, and the next try tells.
  await rmdir(lockfilePath).catch(() => undefined);
}

/** A lock that was taken from us is not ours to release any more. */
async function releaseQuietly(release: () => Promise<void>): Promise<void> {
  try {
    await release();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ERELEASED' && code !== 'ENOTACQUIRED' && code !== 'ENOENT') throw error;
  }
}

function inUse(folder: string, pid: number | undefined): AgentError {
  const who = pid === undefined ? 'another agent' : `another agent (process ${pid})`;
  return new AgentError(
    'DUPLICATE_AGENT',
    `${who} uses ${folder}; stop that one, or set GITYARD_HOME to another folder`,
  );
}
