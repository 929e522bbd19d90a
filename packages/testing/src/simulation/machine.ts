/**
 * A computer: its clocks, which may be wrong and run at a rate of their own, and whether it is stopped just now. What runs
 * on it is a `Life`; what outlives that is its `Disk` and its files.
 */
import type { Dice, Timeline } from '@gityard/demo';
import { Disk } from './disk.ts';
import { FileLocks } from './file-locks.ts';
import { FileSystem } from './file-system.ts';

/** When every simulation begins. */
export const EPOCH_MS = Date.UTC(2030, 0, 1);

/** No timer of a computer is finer. */
const SHORTEST_MS = 1;

export interface MachineParts {
  readonly timeline: Timeline;
  readonly clock: MachineClock;
  /** What is left on its disk when it loses power. */
  readonly dice: Dice;
  readonly liesAboutSync?: boolean | undefined;
}

interface MachineClock {
  /** 1 = true; 1.1 = six seconds a minute too fast. */
  readonly rate: number;
  readonly aheadMs: number;
}

export class Machine {
  readonly name: string;
  readonly timeline: Timeline;
  readonly disk: Disk;
  readonly files: FileSystem;
  readonly locks = new FileLocks();
  readonly #rate: number;
  #aheadMs: number;
  #stoppedUntilMs = 0;
  #waiting: (() => void)[] = [];

  constructor(name: string, { timeline, clock: { rate, aheadMs }, dice, liesAboutSync = false }: MachineParts) {
    this.name = name;
    this.timeline = timeline;
    this.disk = new Disk();
    this.files = new FileSystem({ dice, lies: liesAboutSync, trouble: (path) => this.disk.trouble(path) });
    this.#rate = rate;
    this.#aheadMs = aheadMs;
  }

  monotonicMs(): number {
    return this.timeline.nowMs * this.#rate;
  }

  wallMs(): number {
    return Math.round(EPOCH_MS + this.monotonicMs() + this.#aheadMs);
  }

  /** Somebody sets its clock. */
  jump(ms: number): void {
    this.#aheadMs += ms;
  }

  /** Rings after so long on this machine's own clock. */
  alarm(ms: number, ring: () => void): () => void {
    return this.timeline.alarm(Math.max(SHORTEST_MS, ms / this.#rate), () => this.whenRunning(ring));
  }

  get isStopped(): boolean {
    return this.timeline.nowMs < this.#stoppedUntilMs;
  }

  /** As by SIGSTOP: nothing on it goes on until then, and clocks do. */
  stopFor(ms: number): void {
    this.#stoppedUntilMs = this.timeline.nowMs + ms;
    this.timeline.alarm(ms, () => this.#goOnInTime());
  }

  /** As by SIGCONT. */
  goOn(): void {
    this.#stoppedUntilMs = 0;
    this.#goOnInTime();
  }

  whenRunning(act: () => void): void {
    if (this.isStopped) this.#waiting.push(act);
    else act();
  }

  #goOnInTime(): void {
    if (this.isStopped) return;
    for (const act of this.#waiting.splice(0)) act();
  }
}
