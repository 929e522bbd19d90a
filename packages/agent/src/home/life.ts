/**
 * `life.json` in the agent's folder: which daemon used it last. Whoever holds the folder's lock knows that this life is over.
 * Beside it, a mark of each life in the machine's temporary folder: two machines may bear one name, so "its host is called
 * like mine and that process is gone" proves nothing unless the life left its mark here.
 */
import { chmod, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Heartbeat } from '@gityard/domain';
import { isAlive } from '@gityard/yard';
import { readOwnJson } from './read-json.ts';
import { writeJson } from './write-file.ts';

export interface Life {
  readonly boot: string;
  readonly pid: number;
}

const lifePath = (home: string): string => join(home, 'life.json');

export async function lastLife(home: string): Promise<Life | undefined> {
  const life = (await readOwnJson(lifePath(home)).catch(() => undefined)) as Partial<Life> | undefined;
  // Only a convenience: without it, the lease and the heartbeats still decide.
  return typeof life?.boot === 'string' && typeof life.pid === 'number'
    ? { boot: life.boot, pid: life.pid }
    : undefined;
}

export const saveLife = (home: string, life: Life): Promise<void> => writeJson(lifePath(home), life);

const MARKS = join(tmpdir(), 'gityard-lives');
const MARK_KEPT_MS = 30 * 24 * 3_600_000;
const BOOT = /^[a-z0-9]{1,100}$/;

/** Best effort: without a mark, others wait for the lease to run out, as they do for any other machine. */
export async function markLife({ boot, pid }: Life): Promise<void> {
  try {
    // Sticky and open to all, as the temporary folder itself: agents of several users may share a machine.
    await mkdir(MARKS, { recursive: true });
    await chmod(MARKS, 0o1777).catch(() => undefined);
    await writeFile(join(MARKS, boot), `${pid}\n`, { flag: 'wx' });
    await sweepMarks();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}

async function sweepMarks(): Promise<void> {
  for (const name of await readdir(MARKS)) {
    const path = join(MARKS, name);
    const age = Date.now() - (await stat(path)).mtimeMs;
    if (age > MARK_KEPT_MS) await rm(path, { force: true });
  }
}

/** Whether the process that sent these beats lived on this machine and is gone. */
export async function sawDie({ boot, pid }: Pick<Heartbeat, 'boot' | 'pid'>): Promise<boolean> {
  if (!BOOT.test(boot) || isAlive(pid)) return false;
  return stat(join(MARKS, boot)).then(
    () => true,
    () => false,
  );
}
