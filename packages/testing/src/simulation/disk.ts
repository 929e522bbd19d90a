/**
 * What of a process outlives it: only what was synced. Writing is two steps, before and after, so that a process can be
 * killed on either side of it; and a disk can be full, or fail.
 */
import type { Ports } from '@gityard/store';

const WRITE_MS = 2;

/** Of a process, as much as writing concerns. */
export interface Process {
  readonly ports: Ports;
  step(name: string): Promise<void>;
}

export type DiskTrouble = 'ENOSPC' | 'EIO';

export class Disk {
  readonly files = new Map<string, unknown>();
  /** Meets the writes that it answers with a trouble for. */
  trouble: (path: string) => DiskTrouble | undefined = () => undefined;

  /** Resolves when it is synced. */
  async write(life: Process, path: string, value: unknown): Promise<void> {
    await this.#step(life, path, () => this.files.set(path, structuredClone(value)));
  }

  async remove(life: Process, path: string): Promise<void> {
    await this.#step(life, path, () => this.files.delete(path));
  }

  read<T>(path: string): T | undefined {
    return structuredClone(this.files.get(path)) as T | undefined;
  }

  list(prefix: string): string[] {
    return [...this.files.keys()].filter((path) => path.startsWith(prefix)).sort();
  }

  async #step(life: Process, path: string, act: () => void): Promise<void> {
    await life.step(`before ${path}`);
    const trouble = this.trouble(path);
    if (trouble) throw Object.assign(new Error(`${trouble}: cannot write ${path}`), { code: trouble });
    act();
    await life.step(`after ${path}`);
    await life.ports.sleep(WRITE_MS);
  }
}
