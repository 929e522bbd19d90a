/**
 * One at a time among all processes of this machine. The lock of a process that was killed is broken after some seconds;
 * who was only slow learns that it lost it.
 */
import { join } from 'node:path';
import { type FileLock, takeFileLock } from '../machine/file-lock.ts';
import type { Ports } from '../ports.ts';

/** append = to write, for moments; replay = to work the log off, for as long as that takes. */
export type LockName = 'append' | 'replay';

export type FolderLock = Pick<FileLock, 'isLost'>;

const LOCKING = { staleMs: 3_000, updateMs: 1_000 };
const BETWEEN_TRIES_MS = 20;

/** Undefined, and the work is not done, when somebody else has the lock for all of the patience. */
export async function alone<T>(
  place: { readonly folder: string; readonly name: LockName; readonly ports: Pick<Ports, 'sleep' | 'random'> },
  { patienceMs }: { patienceMs: number },
  work: (lock: FolderLock) => Promise<T>,
): Promise<{ readonly result: T } | undefined> {
  const endsMs = performance.now() + patienceMs;
  for (;;) {
    const { lock } = await takeFileLock(`${join(place.folder, place.name)}.lock`, LOCKING);
    if (lock) {
      try {
        return { result: await work(lock) };
      } finally {
        await lock.release();
      }
    }
    if (performance.now() >= endsMs) return undefined;
    await place.ports.sleep(BETWEEN_TRIES_MS * (0.5 + place.ports.random()));
  }
}
