/// <reference path="../local/proper-lockfile.d.ts" />
/**
 * One at a time among all processes of this machine. The lock of a process that was killed is broken after some seconds;
 * who was only slow learns that it lost it.
 */
import { join } from 'node:path';
import type { Ports } from '../ports.ts';

/** append = to write, for moments; replay = to work the log off, for as long as that takes. */
type LockName = 'append' | 'replay';

export interface FolderLock {
  readonly lost: boolean;
}

/** Undefined: somebody has it. A simulation brings its own. */
export type TryLock = (path: string) => Promise<(FolderLock & { release(): Promise<void> }) | undefined>;

export interface LockPlace {
  readonly folder: string;
  readonly name: LockName;
  readonly ports: Pick<Ports, 'monotonicMs' | 'sleep' | 'random'>;
  readonly tryLock: TryLock;
}

const STALE_MS = 3_000;
const UPDATE_MS = 1_000;
const BETWEEN_TRIES_MS = 20;

/** Undefined, and the work is not done, when somebody else has the lock for all of the patience. */
export async function alone<T>(
  { folder, name, ports, tryLock }: LockPlace,
  { patienceMs }: { patienceMs: number },
  work: (lock: FolderLock) => Promise<T>,
): Promise<{ readonly result: T } | undefined> {
  const endsMs = ports.monotonicMs() + patienceMs;
  for (;;) {
    const lock = await tryLock(join(folder, name));
    if (lock) {
      try {
        return { result: await work(lock) };
      } finally {
        await lock.release();
      }
    }
    if (ports.monotonicMs() >= endsMs) return undefined;
    await ports.sleep(BETWEEN_TRIES_MS * (0.5 + ports.random()));
  }
}

export const systemLock: TryLock = async (path) => {
  const { lock } = await import('proper-lockfile');
  let lost = false;
  try {
    const release = await lock(path, {
      lockfilePath: `${path}.lock`,
      stale: STALE_MS,
      update: UPDATE_MS,
      realpath: false,
      // The library's own default throws from a timer, which nobody could catch.
      onCompromised: () => {
        lost = true;
      },
    });
    return {
      get lost() {
        return lost;
      },
      release: () => release().catch(unlessGone),
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOCKED') return undefined;
    throw error;
  }
};

/** A lock that was taken from us is not ours to release any more. */
function unlessGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ERELEASED' && error.code !== 'ENOTACQUIRED' && error.code !== 'ENOENT') throw error;
}
