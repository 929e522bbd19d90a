/**
 * Keeps repositories quick over months of small pushes. A push leaves a handful of loose objects, and each beat of
 * the live ref abandons a few. Git itself would tidy up inside some unlucky push; here it happens beside them, in
 * one process per repository, and only when git's own estimate says that it is worth it.
 */
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

  function pushed(path: string): void {
    const count = (pushes.get(path) ?? 0) + 1;
    pushes.set(path, count);
    if (count % everyPushes === 0 && !running.has(path)) tidy(path);
  }

  function tidy(path: string): void {
    const git = startGit(gcArguments(path, looseObjects), { timeoutMs: LIMIT_MS });
    running.set(path, git);
    git.stdin.end();
    git.stdout.resume();
    // A failure costs speed, not data, and the next look tries again.
    void git.ended.then(() => running.delete(path));
  }

  async function stop(): Promise<void> {
    const left = [...running.values()];
    for (const git of left) git.stop();
    await Promise.all(left.map((git) => git.ended));
  }

  return { pushed, stop };
}

// One thread, so that a small machine still answers pushes meanwhile. An hour is far longer than any push takes to refer
// to an object that nothing else refers to yet. Each heartbeat leaves the one before behind: kept loose until then (as Git
// before 2.41 does unless told) they would be so many that every look found the repository untidy again.
function gcArguments(path: string, looseObjects: number): string[] {
  const settings = [`gc.auto=${looseObjects}`, 'gc.autoDetach=false', 'gc.cruftPacks=true', 'pack.threads=1'];
  return [...settings.flatMap((it) => ['-c', it]), `--git-dir=${path}`, 'gc', '--auto', '--quiet', '--prune=1.hour.ago'];
}
