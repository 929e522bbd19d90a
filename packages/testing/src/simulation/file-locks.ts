/** Locks between the processes of a simulated machine, as files are: that of a dead process is broken after some seconds. */
import type { TryLock } from '@gityard/store';
import type { Life } from './life.ts';

const STALE_MS = 3_000;

export class FileLocks {
  readonly #holders = new Map<string, Life>();

  tryFor(life: Life): TryLock {
    return async (path) => {
      const holder = this.#holders.get(path);
      if (holder && holder.deadForMs < STALE_MS) return undefined;
      this.#holders.set(path, life);
      const release = async () => {
        await life.step(`before release ${path}`);
        this.#holders.delete(path);
      };
      return { lost: false, release };
    };
  }
}
