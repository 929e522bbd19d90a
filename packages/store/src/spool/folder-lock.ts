/**
 * One at a time among all processes of this machine. The lock of a process that was killed is broken after some seconds;
 * who was only slow learns that it lost it.
 */
import { join } from 'node:path';
import { type FileLock, takeFileLock } from '../machine/file-lock.ts';
import type { Ports } from '../ports.ts';

/** append = to write, for moments; replay = to work the log off, for as long as that takes. */
type LockName = 'append' | 'replay';

export type FolderLock = Pick<FileLock, 'isLost'>;

/** Undefined: somebody has it. A simulation brings its own. */
export type TryLock = (path: string) => Promise<(FolderLock & Pick<FileLock, 'release'>) | undefined>;

export interface LockPlace {
  readonly folder: string;
  readonly name: LockName;
  readonly ports: Pick<Ports, 'monotonicMs' | 'sleep' | 'random'>;
  readonly tryLock: TryLock;
}

const LOCKING = { staleMs: 3_000, updateMs: 1_000 };
const BETWEEN_TRIES_MS = 20;

/** Undefined, and the work is not done, when somebody else has the lock for all of the patience. */
export async function alone<T>(
  { folder, name, ports, tryLock }: LockPlace,
  { patienceMs }: { patienceMs: number },
  work: (lock: FolderLock) => Promise<T>,
): Promise<{ readonly result: T } | undefined> {
  const endsMs = ports.monotonicMs() + patienceMs;
  for (;;) {
    const lock = await tryLock(join(folder, `${name}.lock`));
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

export const systemLock: TryLock = async (path) => (await takeFileLock(path, LOCKING)).lock;
