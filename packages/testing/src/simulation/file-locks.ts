/** Locks between the processes of a simulated machine, as files are: that of a dead process is broken after some seconds. */
import type { TryLock } from '@gityard/store';
import type { Process } from './disk.ts';

const STALE_MS = 3_000;

interface Holder extends Pick<Process, 'step'> {
  readonly deadForMs: number;
}

export class FileLocks {
  readonly #holders = new Map<string, Holder>();

  tryFor(life: Holder): TryLock {
    return async (path) => {
      const holder = this.#holders.get(path);
      if (holder && holder.deadForMs < STALE_MS) return undefined;
      this.#holders.set(path, life);
      const release = async () => {
        await life.step(`before release ${path}`);
        this.#holders.delete(path);
      };
      return { isLost: false, release };
    };
  }
}
