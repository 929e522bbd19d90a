/**
 * Lets a fixed number of requests in at once and keeps a bounded line of others, first come first served. Knows
 * nothing of Git. Without it, a burst of pushes would start a process each and all of them would be slow.
 */
import { busy } from './errors.ts';

export interface Gate {
  /** Resolves with the function that gives the slot back; rejects when the line is full or the signal fires. */
  enter(signal: AbortSignal): Promise<() => void>;
}

export function createGate({ slots, places }: { slots: number; places: number }): Gate {
  const line = new Set<() => void>();
  let inside = 0;

  // A slot is handed to the next in line without becoming free in between, so nobody can push in.
  function leave(): void {
    const [next] = line;
    if (!next) inside -= 1;
    else next();
  }

  function waitInLine(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const admit = () => {
        line.delete(admit);
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        line.delete(admit);
        reject(signal.reason);
      };
      line.add(admit);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  async function enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (inside < slots) inside += 1;
    else if (line.size < places) await waitInLine(signal);
    else throw busy(`all ${slots} slots are taken and ${places} requests wait already`);
    return leave;
  }

  return { enter };
}
