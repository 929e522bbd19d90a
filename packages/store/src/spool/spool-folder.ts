/**
 * The folder of a log at moments at which nobody else changes it: what has been done, which files there are, and what they
 * hold. Knows no waiting line and no limits.
 */
import { dirname } from 'node:path';
import { StoreError } from '../errors.ts';
import { type Files, syncFolder } from '../machine/durable-files.ts';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { alone, type FolderLock, type LockPlace } from './folder-lock.ts';
import type { SpoolRecord } from './record.ts';
import { keepReserve, withReserve } from './reserve.ts';
import { listSegments, readSegment, type Segment } from './segments.ts';

/** The machine that a folder is on. */
export interface SpoolMachine extends Pick<LockPlace, 'ports' | 'tryLock'> {
  readonly disk: Files;
}

export interface SpoolFolderOptions extends SpoolMachine {
  readonly folder: string;
  /** A name for numbers that begin at 1: one word, and never the same twice. */
  readonly newName: () => string;
  /** Told of each damage once, in a sentence. */
  readonly onDamage?: ((text: string) => void) | undefined;
}

export interface View {
  readonly lock: FolderLock;
  readonly checkpoint: Checkpoint;
  readonly segments: readonly Segment[];
}

/** Which of the records: behind the first number, and as far as the others allow. */
export interface Within {
  readonly from: number;
  readonly through?: number;
  readonly records?: number;
  readonly bytes?: number;
}

const PATIENCE_MS = 20_000;

export class SpoolFolder {
  readonly options: SpoolFolderOptions;
  /** The last file as it was when we left it: its end need not be read again. */
  private tail: { readonly path: string; readonly sizeBytes: number; readonly last: number } | undefined;

  constructor(options: SpoolFolderOptions) {
    this.options = options;
  }

  async make(): Promise<void> {
    const { disk, folder } = this.options;
    await disk.mkdir(folder, { recursive: true, mode: 0o700 });
    await syncFolder(disk, dirname(folder));
  }

  async alone<T>(work: (view: View) => Promise<T>): Promise<T> {
    const { disk, folder, ports, tryLock } = this.options;
    const place = { folder, name: 'append', ports, tryLock } as const;
    const done = await withReserve(disk, folder, () =>
      alone(place, { patienceMs: PATIENCE_MS }, async (lock) => {
        const segments = await listSegments(this.options);
        const checkpoint = (await readCheckpoint(disk, folder)) ?? (await this.begin(segments));
        return work({ lock, checkpoint, segments });
      }),
    );
    if (done) return done.result;
    throw new StoreError('TIMEOUT', `the spool in ${folder} is in use by another process`, {
      hint: 'try again, and end the program that does not end',
    });
  }

  /** One that is missing where there are records was lost, and with it what their numbers stand for. */
  private async begin(segments: readonly Segment[]): Promise<Checkpoint> {
    const { disk, folder, newName, onDamage } = this.options;
    const done = (segments[0]?.first ?? 1) - 1;
    const checkpoint = { name: newName(), done, planned: done };
    await this.save(checkpoint);
    await keepReserve(disk, folder);
    if (segments.length > 0) onDamage?.(`the spool in ${folder} had lost its checkpoint: what it holds is sent again`);
    return checkpoint;
  }

  save(checkpoint: Checkpoint): Promise<void> {
    return writeCheckpoint(this.options.disk, this.options.folder, checkpoint);
  }

  /** The last number that was given. */
  async last({ checkpoint, segments }: View): Promise<number> {
    const segment = segments.at(-1);
    const floor = Math.max(checkpoint.done, checkpoint.planned);
    if (!segment) return floor;
    if (this.tail?.path !== segment.path || this.tail.sizeBytes !== segment.sizeBytes) {
      const records = await readSegment(this.options, segment);
      // It may have been mended, so it is measured anew.
      const { size: sizeBytes } = await this.options.disk.stat(segment.path);
      this.tail = { path: segment.path, sizeBytes, last: records.at(-1)?.number ?? segment.first - 1 };
    }
    return Math.max(floor, this.tail.last);
  }

  /** The file that more records may be put into; undefined when there is none. To be asked after `last`. */
  openTail({ segments }: View): { readonly path: string; readonly sizeBytes: number } | undefined {
    return segments.length === 0 ? undefined : this.tail;
  }

  wrote(tail: { readonly path: string; readonly sizeBytes: number; readonly last: number }): void {
    this.tail = tail;
  }

  async read({ segments }: View, within: Within): Promise<SpoolRecord[]> {
    const { from, through = Number.POSITIVE_INFINITY, records = Number.POSITIVE_INFINITY } = within;
    let leftBytes = within.bytes ?? Number.POSITIVE_INFINITY;
    const found: SpoolRecord[] = [];
    for (const [at, segment] of segments.entries()) {
      if (segment.first > through) break;
      if ((segments[at + 1]?.first ?? Number.POSITIVE_INFINITY) <= from + 1) continue;
      for (const record of await readSegment(this.options, segment)) {
        if (record.number <= from || record.number > through) continue;
        leftBytes -= record.body.length;
        if (found.length === records || (leftBytes < 0 && found.length > 0)) return found;
        found.push(record);
      }
    }
    return found;
  }

  async removeThrough({ segments }: View, done: number): Promise<void> {
    const { disk, folder } = this.options;
    for (const [at, segment] of segments.entries()) {
      const next = segments[at + 1]?.first;
      const last = next === undefined ? ((await readSegment(this.options, segment)).at(-1)?.number ?? 0) : next - 1;
      if (last > done) return;
      await disk.rm(segment.path);
    }
    await keepReserve(disk, folder);
  }
}
