/**
 * The copy of one remote on this disk: its guard, its repository, its pinned heads. Every method says by an error what went
 * wrong and leaves a copy that can be opened, or set aside; when to try again is the caller's.
 */
import { dirname } from 'node:path';

import type { GitObject } from '../codec/object.ts';
import type { Oid } from '../codec/oid.ts';
import { type FileLock, takeFileLock } from '../machine/file-lock.ts';
import { reachable } from '../transports/reachable.ts';
import { isDiskTrouble } from './damage.ts';
import type { Disk } from './disk.ts';
import type { Followed } from './followed.ts';
import { type Contents, inspect } from './inspect.ts';
import { type Pin, type Pins, readPins, writePins } from './pins.ts';
import { LocalRepository, type RefObjects } from './repository.ts';
import { setAside } from './set-aside.ts';
import { removeStaleLocks } from './stale-locks.ts';

export interface CopyOptions {
  readonly disk: Disk;
  /** Of the repository; what belongs to it lies beside it. */
  readonly path: string;
  readonly scratch: string;
}

/** One process at a time writes a copy; whoever comes second does without. */
const GUARD = { staleMs: 60_000, updateMs: 10_000 };

export class Copy {
  readonly #options: CopyOptions;
  #guard: FileLock | undefined;
  #repository: LocalRepository | undefined;
  #pins: Pins | undefined;

  constructor(options: CopyOptions) {
    this.#options = options;
  }

  get pinsPath(): string {
    return this.#options.path.replace(/git$/, 'pins.json');
  }

  async pin(ref: string): Promise<Pin | undefined> {
    this.#pins ??= await readPins(this.#options.disk, this.pinsPath);
    return this.#pins.get(ref);
  }

  async dropPin(ref: string): Promise<void> {
    this.#pins = new Map([...(this.#pins ?? [])].filter(([name]) => name !== ref));
    if (this.#pins.size > 0) await writePins(this.#options.disk, this.pinsPath, this.#pins);
    else await this.#options.disk.remove(this.pinsPath);
  }

  /** The commit and its tree; undefined when they are not here. */
  async read(commit: Oid): Promise<ReadonlyMap<Oid, GitObject> | undefined> {
    const contents = await this.#open();
    return contents && treeOf(contents, commit);
  }

  async save(refs: readonly Followed[]): Promise<void> {
    const [first] = refs;
    if (!first) return;
    // What was there when we last looked may have been somebody else's since.
    const isKnown = this.#repository !== undefined;
    if (!isKnown) await this.#open();
    this.#repository ??= await this.#begin(first.ref);
    const isWhole = !isKnown || this.#repository.isDue || refs.some((it) => it.isNew);
    if (isWhole) await this.#packAnew(this.#repository, refs);
    else await this.#repository.add(refs.map((it) => it.news()));
    await this.#pinAll(refs);
  }

  /** Whatever was known of the disk may be wrong now. */
  forget(): void {
    this.#repository = undefined;
  }

  /** Where it is now; undefined when nothing was there. */
  async setAside(): Promise<string | undefined> {
    this.forget();
    return setAside(this.#options.disk, this.#options.path);
  }

  async setPinsAside(): Promise<string | undefined> {
    this.#pins = new Map();
    return setAside(this.#options.disk, this.pinsPath);
  }

  async close(): Promise<void> {
    await this.#guard?.release();
    this.#guard = undefined;
  }

  async #open(): Promise<Contents | undefined> {
    const { disk, path, scratch } = this.#options;
    await this.#hold();
    await disk.remove(scratch);
    const contents = await inspect(disk, path);
    if (!contents) return undefined;
    await removeStaleLocks(disk, path);
    this.#repository = new LocalRepository(disk, path, contents);
    return contents;
  }

  #begin(ref: string): Promise<LocalRepository> {
    const { disk, path, scratch } = this.#options;
    return LocalRepository.begin(disk, path, { ref, scratch });
  }

  async #hold(): Promise<void> {
    const { disk, path } = this.#options;
    if (this.#guard) return;
    await disk.makeFolder(dirname(path));
    const onLost = () => {
      this.#guard = undefined;
      this.forget();
    };
    const { lock } = await takeFileLock(`${path}.lock`, { ...GUARD, holderPath: `${path}.holder`, onLost });
    if (!lock) throw inUse(path);
    this.#guard = lock;
    // Until now they were somebody else's to write.
    this.#pins = undefined;
  }

  async #packAnew(repository: LocalRepository, refs: readonly Followed[]): Promise<void> {
    const others = await this.#others(repository, refs);
    await repository.packAnew([...refs.map((it) => it.all()), ...others]);
  }

  /** Refs that nobody asked for since we started are kept as they are. */
  async #others({ refs: known }: LocalRepository, refs: readonly Followed[]): Promise<RefObjects[]> {
    const others = [...known].filter(([name]) => !refs.some(({ ref }) => ref === name));
    const contents = others.length > 0 ? await inspect(this.#options.disk, this.#options.path) : undefined;
    if (!contents) return [];
    return others.map(([ref, head]) => ({ ref, head, objects: treeOf(contents, head)?.values() ?? [] }));
  }

  async #pinAll(refs: readonly Followed[]): Promise<void> {
    const pins = new Map(this.#pins ?? (await this.#readPins()));
    const moved = refs.filter(({ ref, writtenHead }) => writtenHead && writtenHead !== pins.get(ref)?.head);
    if (moved.length === 0) return;
    for (const { ref, writtenHead, seen } of moved) if (writtenHead) pins.set(ref, { head: writtenHead, before: seen });
    await writePins(this.#options.disk, this.pinsPath, pins);
    this.#pins = pins;
  }

  /** Damaged ones are of no use; who asks for one at the start is told so. */
  async #readPins(): Promise<Pins> {
    try {
      return await readPins(this.#options.disk, this.pinsPath);
    } catch (error) {
      if (isDiskTrouble(error)) throw error;
      await this.setPinsAside();
      return new Map();
    }
  }
}

function treeOf({ objects }: Contents, commit: Oid): ReadonlyMap<Oid, GitObject> | undefined {
  if (!objects.has(commit)) return undefined;
  return new Map(reachable(objects, { from: commit, have: [], depth: 1 }).map((it) => [it.oid, it]));
}

function inUse(path: string): Error {
  return Object.assign(new Error(`${path} is used by another process`), { code: 'EBUSY' });
}
