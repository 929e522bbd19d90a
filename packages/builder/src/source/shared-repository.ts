/**
 * Repositories of ours that several programs of one machine may come to at once: two commands of a person, or a command and the
 * agent. Each is made whole and then put in its place; Git's own locks do the rest, and whoever meets one comes again.
 */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { GitError } from './git.ts';

/** Where there is one already, nothing is done. `fill` makes it in the folder that it is given, which is there and empty. */
export async function makeOnce(gitDir: string, fill: (folder: string) => Promise<void>): Promise<void> {
  if (isWhole(gitDir)) return;
  await mkdir(dirname(gitDir), { recursive: true });
  const draft = `${gitDir}.${randomUUID().slice(0, 8)}.new`;
  await mkdir(draft);
  try {
    await fill(draft);
    await rename(draft, gitDir);
  } catch (error) {
    if (!TAKEN.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    // Somebody was quicker; or it is half a repository, left by one who was killed, and the same steps mend it.
    if (!isWhole(gitDir)) await fill(gitDir);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

const isWhole = (gitDir: string): boolean => existsSync(join(gitDir, 'HEAD')) && existsSync(join(gitDir, 'config'));
const TAKEN = new Set(['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES']);

/** Half a minute or so: longer than what a killed git left keeps anybody out of a mirror. */
const TRIES = 100;
const MOST_PAUSE_MS = 500;
const LOCKED = /\.lock': File exists|cannot lock ref|could not lock|unable to lock/i;

/** Again where another Git of this machine holds a lock in the repository for a moment. */
export async function besideOthers<R>(act: () => Promise<R>, stop: AbortSignal): Promise<R> {
  for (let tries = 1; ; tries++) {
    try {
      return await act();
    } catch (error) {
      if (tries === TRIES || !(error instanceof GitError && LOCKED.test(error.message))) throw error;
      await delay(Math.random() * MOST_PAUSE_MS, undefined, { signal: stop });
    }
  }
}

/** One program of the machine at a time: Git's worktrees do not bear two. What a killed one left is told by its number. */
export async function whileAlone<R>(gitDir: string, act: () => Promise<R>, stop: AbortSignal): Promise<R> {
  const path = `${gitDir}.busy`;
  await mkdir(dirname(path), { recursive: true });
  while (!(await isTaken(path))) {
    if (await isLeftover(path)) await rm(path, { force: true });
    else await delay(50 + Math.random() * 100, undefined, { signal: stop });
  }
  try {
    return await act();
  } finally {
    await rm(path, { force: true });
  }
}

async function isTaken(path: string): Promise<boolean> {
  try {
    await writeFile(path, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

const UNSIGNED_MS = 10_000;

async function isLeftover(path: string): Promise<boolean> {
  const pid = Number(await readFile(path, 'utf8').catch(() => ''));
  if (!pid) return Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now()) > UNSIGNED_MS;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
