/** A disk on which a process dies, or a disk that is full, at the step that a spec chooses. */
import { type Files, systemFiles } from '../machine/durable-files.ts';

class Died extends Error {}

const CHANGING: ReadonlySet<string> = new Set(['mkdir', 'open', 'rename', 'rm', 'writeFile', 'sync', 'truncate']);

export interface FailingDisk {
  readonly disk: Files;
  /** How many steps were taken. */
  readonly steps: () => number;
}

/** Dies at that step: of a write half is done, of anything else nothing. All later steps fail as well. */
export function diesAt(step: number): FailingDisk {
  return failing((count) => (count < step ? undefined : new Died('the process is gone')), step);
}

/** Every write from that step on finds the disk full. */
export function fullFrom(step: number, until = Number.POSITIVE_INFINITY): FailingDisk {
  return failing((count, name) => (name === 'writeFile' && count >= step && count < until ? full() : undefined), step);
}

export function fullUntilAFileGoes(): FailingDisk {
  let isFull = true;
  return failing((_, name) => {
    isFull &&= name !== 'rm';
    return isFull && name === 'writeFile' ? full() : undefined;
  }, 0);
}

const full = () =>
  Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });

function failing(errorAt: (count: number, name: string) => Error | undefined, step: number): FailingDisk {
  let count = 0;
  const watched = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(object, name) {
        const value = Reflect.get(object, name);
        if (typeof value !== 'function') return value;
        return async (...words: unknown[]) => {
          if (!CHANGING.has(String(name))) return value.apply(object, words);
          count += 1;
          const error = errorAt(count, String(name));
          if (error && name === 'writeFile' && count === step) await value.call(object, half(words[0]));
          if (error) throw error;
          const result = await value.apply(object, words);
          return name === 'open' ? watched(result) : result;
        };
      },
    });
  return { disk: watched({ ...systemFiles }) as Files, steps: () => count };
}

const half = (content: unknown): Uint8Array =>
  content instanceof Uint8Array ? content.subarray(0, content.length >> 1) : new Uint8Array();
