/**
 * Keeps repositories quick over months of small pushes. A push leaves a handful of loose objects, and each beat of
 * the live ref abandons a few. Git itself would tidy up inside some unlucky push; here it happens beside them, in
 * one process per repository, and only when it is worth it.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { type GitProcess, startGit } from './git-process.ts';

interface UpkeepOptions {
  /** How many pushes go by between two looks. */
  readonly everyPushes?: number;
  /** From how many loose objects on they are packed; git estimates the number from one folder of 256. */
  readonly looseObjects?: number;
}

export interface Upkeep {
  /** To be told about each finished push; returns at once. */
  pushed(path: string): void;
  /** Stops what runs. Git may be interrupted in this at any time. */
  stop(): Promise<void>;
}

const LIMIT_MS = 10 * 60_000;

export function createUpkeep({ everyPushes = 100, looseObjects = 6_700 }: UpkeepOptions = {}): Upkeep {
  const pushes = new Map<string, number>();
  const running = new Map<string, GitProcess>();
  let stopped = false;

  function pushed(path: string): void {
    const count = (pushes.get(path) ?? 0) + 1;
    pushes.set(path, count);
    if (count % everyPushes === 0 && !running.has(path)) void tidy(path);
  }

  async function tidy(path: string): Promise<void> {
    // A failure costs speed, not data, and the next look tries again.
    const isUntidy = await looksUntidy(path, looseObjects).catch(() => false);
    if (!isUntidy || stopped || running.has(path)) return;
    const git = startGit(gcArguments(path), { timeoutMs: LIMIT_MS });
    running.set(path, git);
    git.stdin.end();
    git.stdout.resume();
    await git.ended;
    running.delete(path);
  }

  async function stop(): Promise<void> {
    stopped = true;
    const left = [...running.values()];
    for (const git of left) git.stop();
    await Promise.all(left.map((git) => git.ended));
  }

  return { pushed, stop };
}

/** As Git itself estimates it: objects are spread evenly over 256 folders, of which one is counted. */
async function looksUntidy(path: string, looseObjects: number): Promise<boolean> {
  const [loose, packs] = await Promise.all(['17', 'pack'].map((it) => namesIn(join(path, 'objects', it))));
  return (loose?.length ?? 0) * 256 > looseObjects || (packs ?? []).filter((it) => it.endsWith('.pack')).length > 50;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

// Not `--auto`, which leaves alone what nobody refers to: each heartbeat leaves the one before behind, and they would be so
// many that every look found the repository untidy again. Kept in a pack of their own they go after an hour, which is far
// longer than any push takes to refer to an object again. One thread, so that a small machine still answers pushes.
function gcArguments(path: string): string[] {
  return ['-c', 'pack.threads=1', `--git-dir=${path}`, 'gc', '--cruft', '--quiet', '--prune=1.hour.ago'];
}
