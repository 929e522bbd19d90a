/**
 * A log of bytes in a folder, for what has to survive until somebody can be told: what was appended is on the disk, keeps its
 * order, and is handed out again until it is called done. Several processes may append, and one at a time works it off.
 * Knows neither what the bytes mean nor who is to be told.
 */
import { StoreError } from '../errors.ts';
import { appendTo, systemFiles } from '../machine/durable-files.ts';
import { systemPorts } from '../ports.ts';
import type { Checkpoint } from './checkpoint.ts';
import { alone, systemLock } from './folder-lock.ts';
import { admit, DEFAULT_LIMITS, type Entry, type SpoolLimits } from './limits.ts';
import type { SpoolRecord } from './record.ts';
import { listDamaged, segmentPath } from './segments.ts';
import { SpoolFolder, type SpoolFolderOptions, type SpoolMachine, type View } from './spool-folder.ts';

/** `disk` and so on: a machine other than this one, which may be none. */
export interface SpoolLogOptions
  extends Pick<SpoolFolderOptions, 'folder' | 'newName' | 'onDamage'>,
    Partial<SpoolMachine> {
  readonly limits?: Partial<SpoolLimits> | undefined;
}

export interface Batch {
  readonly records: readonly SpoolRecord[];
  /** The number of its last record when it was first handed out. */
  readonly through: number;
  /** It was never handed out before. */
  readonly isNew: boolean;
}

export async function openSpoolLog(options: SpoolLogOptions): Promise<SpoolLog> {
  const { disk = systemFiles, ports = systemPorts, tryLock = systemLock, limits, ...rest } = options;
  const folder = new SpoolFolder({ ...rest, disk, ports, tryLock });
  await folder.make();
  return new SpoolLog(folder, { ...DEFAULT_LIMITS, ...limits });
}

export class SpoolLog {
  readonly #folder: SpoolFolder;
  readonly #limits: SpoolLimits;
  #queue: Entry[] = [];
  #writing = false;

  constructor(folder: SpoolFolder, limits: SpoolLimits) {
    this.#folder = folder;
    this.#limits = limits;
  }

  /** All of them or none; with their numbers once they are on the disk. Those that come meanwhile share the next write. */
  append(bodies: readonly Uint8Array[], { share = 1 }: Partial<Pick<Entry, 'share'>> = {}): Promise<readonly number[]> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ bodies, share, resolve, reject });
      if (!this.#writing) void this.#writeAll();
    });
  }

  /**
   * The oldest records: one at the least, and no more than so many and so large. Where they end is on the disk before they
   * are handed out, so until they are done the same ones come again, whatever happens in between.
   */
  take({ records, bytes }: { records: number; bytes: number }): Promise<Batch | undefined> {
    return this.#folder.alone(async (view) => {
      const { done: from, planned } = view.checkpoint;
      if (planned > from)
        return { records: await this.#folder.read(view, { from, through: planned }), through: planned, isNew: false };
      const found = await this.#folder.read(view, { from, records, bytes });
      const through = found.at(-1)?.number;
      // A power cut may have brought files back that were removed.
      if (through === undefined) await this.#folder.removeThrough(view, from);
      if (through === undefined) return undefined;
      await this.#folder.save({ ...view.checkpoint, planned: through });
      return { records: found, through, isNew: true };
    });
  }

  /** Everything up to that number will not be asked for again. What takes its place is accepted first, and always. */
  done(through: number, instead: readonly Uint8Array[] = []): Promise<void> {
    return this.#folder.alone(async (view) => {
      const { checkpoint } = view;
      if (instead.length > 0) await this.#write(view, [entryOf(instead)], NO_LIMITS);
      if (through <= checkpoint.done) return;
      await this.#folder.save({ ...checkpoint, done: through, planned: Math.max(checkpoint.planned, through) });
      await this.#folder.removeThrough(view, through);
    });
  }

  /** All that waits, oldest first. */
  waiting(): Promise<readonly SpoolRecord[]> {
    return this.#folder.alone((view) => this.#folder.read(view, { from: view.checkpoint.done }));
  }

  count(): Promise<number> {
    return this.#folder.alone(async (view) => (await this.#folder.last(view)) - view.checkpoint.done);
  }

  /** Of the record that was accepted last. */
  lastNumber(): Promise<number> {
    return this.#folder.alone((view) => this.#folder.last(view));
  }

  /** Files that were set aside, by their names in the folder `damaged`. */
  damaged(): Promise<readonly string[]> {
    return listDamaged(this.#folder.options);
  }

  checkpoint(): Promise<Checkpoint> {
    return this.#folder.alone(async ({ checkpoint }) => checkpoint);
  }

  /** Goes on under another name: somebody else has used the numbers that come next. */
  rename(): Promise<void> {
    return this.#folder.alone(({ checkpoint: { done } }) =>
      this.#folder.save({ name: this.#folder.options.newName(), done, planned: done }),
    );
  }

  /** Nobody else works the log off meanwhile. Undefined, and nothing is done, when somebody does. */
  replaying<T>(work: () => Promise<T>): Promise<{ readonly result: T } | undefined> {
    const { folder, ports, tryLock } = this.#folder.options;
    return alone({ folder, name: 'replay', ports, tryLock }, { patienceMs: 0 }, work);
  }

  async #writeAll(): Promise<void> {
    this.#writing = true;
    for (let entries = this.#next(); entries.length > 0; entries = this.#next()) {
      try {
        await this.#folder.alone((view) => this.#write(view, entries, this.#limits));
      } catch (error) {
        for (const entry of entries) entry.reject(error);
      }
    }
    this.#writing = false;
  }

  /** Not all at once: a file that one write made very long is read whole for each batch of it. */
  #next(): Entry[] {
    return this.#queue.splice(0, MOST_IN_A_WRITE);
  }

  async #write(view: View, entries: readonly Entry[], limits: SpoolLimits): Promise<void> {
    const { folder, disk } = this.#folder.options;
    const last = await this.#folder.last(view);
    const bytes = view.segments.reduce((sum, it) => sum + it.sizeBytes, 0);
    const admitted = admit(entries, { folder, bytes, records: last - view.checkpoint.done, last }, limits);
    if (admitted.last === last) return admitted.answer();

    const open = this.#folder.openTail(view);
    const isRoomy = open !== undefined && open.sizeBytes < limits.segmentBytes;
    const path = isRoomy ? open.path : segmentPath(folder, last + 1);
    const sizeBytes = await appendTo(disk, path, admitted.content);
    // Somebody took us for dead, so long did it take; then the numbers may be theirs.
    if (view.lock.isLost || sizeBytes !== (isRoomy ? open.sizeBytes : 0) + admitted.content.length)
      throw tooSlow(folder);
    this.#folder.wrote({ path, sizeBytes, last: admitted.last });
    admitted.answer();
  }
}

const MOST_IN_A_WRITE = 1_000;

const NO_LIMITS: SpoolLimits = {
  bytes: Number.POSITIVE_INFINITY,
  records: Number.POSITIVE_INFINITY,
  segmentBytes: DEFAULT_LIMITS.segmentBytes,
};

/** Of whoever waits for the write itself. */
const entryOf = (bodies: readonly Uint8Array[]): Entry => ({
  bodies,
  share: 1,
  resolve: () => undefined,
  reject: () => undefined,
});

function tooSlow(folder: string): StoreError {
  const message = `writing to the spool in ${folder} took so long that another process began`;
  return new StoreError('TIMEOUT', message, { hint: 'try again', mayHaveLanded: true });
}
