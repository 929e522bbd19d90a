/**
 * A copy of what the store knows, on the disk of this machine: a start finds the last head there and needs only the
 * difference. It is written behind and may be lost at any time; whatever goes wrong with it is told, and fails nobody.
 */
import { join, resolve } from 'node:path';

import type { GitObject } from '../codec/object.ts';
import type { Oid } from '../codec/oid.ts';
import { Copy } from './copy.ts';
import { copyName } from './copy-name.ts';
import { isDiskTrouble, isShortage } from './damage.ts';
import { type Disk, systemDisk } from './disk.ts';
import { Followed, type News } from './followed.ts';
import type { Pin } from './pins.ts';

export interface LocalObjectsOptions {
  /** Where the copies of all remotes lie. */
  readonly folder: string;
  /** The remote's name, without credentials. */
  readonly remote: string;
  /** A person says that whatever history the remote has is the one that counts. */
  readonly acceptsRewrite?: boolean | undefined;
  readonly tell?: ((told: LocalTold) => void) | undefined;
  /** The shortest time from one write to the next. */
  readonly betweenWritesMs?: number;
  /** How long a disk that failed is left alone. */
  readonly retryMs?: number;
  readonly disk?: (scratch: string) => Disk;
}

/** failed: told once, until it works. accepted: a person's word was carried out. */
export interface LocalTold {
  readonly kind: 'failed' | 'works' | 'accepted';
  readonly text: string;
  readonly againInMs: number;
}

interface Recalled {
  readonly pin: Pin;
  /** The pinned head and its tree; undefined when the copy does not have them. */
  readonly objects: ReadonlyMap<Oid, GitObject> | undefined;
}

export interface LocalObjects {
  /** What was last seen of a ref; undefined: nothing. Never throws. */
  recall(ref: string): Promise<Recalled | undefined>;
  /** Written behind; never throws. */
  remember(ref: string, news: News): void;
  /** Writes what is left, and lets go of the folder. */
  close(): Promise<void>;
}

export function openLocalObjects(options: LocalObjectsOptions): LocalObjects {
  return new WrittenBehind(options);
}

class WrittenBehind implements LocalObjects {
  readonly #options: Required<Pick<LocalObjectsOptions, 'betweenWritesMs' | 'retryMs'>> & LocalObjectsOptions;
  readonly #path: string;
  readonly #copy: Copy;
  readonly #followed = new Map<string, Followed>();
  #lane: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #notBeforeMs = 0;
  #failing = false;
  #closed = false;

  constructor(options: LocalObjectsOptions) {
    this.#options = { betweenWritesMs: 1_000, retryMs: 30_000, ...options };
    this.#path = join(resolve(options.folder), copyName(options.remote));
    const scratch = `${this.#path}.tmp`;
    this.#copy = new Copy({ disk: (options.disk ?? systemDisk)(scratch), path: this.#path, scratch });
  }

  recall(ref: string): Promise<Recalled | undefined> {
    return this.#inLane(async () => {
      const pin = await this.#pin(ref);
      if (!pin) return undefined;
      if (this.#options.acceptsRewrite) return this.#accept(ref, pin);
      const objects = await this.#read(pin.head);
      this.#followed.set(ref, new Followed(ref, objects?.get(pin.head)));
      return { pin, objects };
    });
  }

  remember(ref: string, news: News): void {
    const followed = this.#followed.get(ref) ?? new Followed(ref);
    this.#followed.set(ref, followed);
    followed.take(news);
    this.#schedule();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#inLane(async () => {
      // What fails because the copy is damaged goes well when it is begun anew.
      for (let tries = 0; tries < 2 && this.#isBehind(); tries += 1) await this.#save();
      await this.#copy.close().catch((error: unknown) => this.#fail(error));
    });
  }

  #isBehind(): boolean {
    return this.#heard().some((it) => it.head !== it.writtenHead);
  }

  #heard(): Followed[] {
    return [...this.#followed.values()].filter((it) => it.head !== undefined);
  }

  #schedule(): void {
    if (this.#timer || this.#closed) return;
    this.#timer = setTimeout(() => void this.#inLane(() => this.#save()), this.#notBeforeMs - performance.now());
    // What is not written yet keeps no program from ending; closing writes it.
    this.#timer.unref();
  }

  async #save(): Promise<void> {
    this.#timer = undefined;
    const { betweenWritesMs, retryMs } = this.#options;
    this.#notBeforeMs = performance.now() + betweenWritesMs;
    try {
      await this.#copy.save(this.#heard());
      this.#works();
    } catch (error) {
      this.#notBeforeMs = performance.now() + retryMs;
      await this.#fail(error);
      this.#schedule();
    }
  }

  async #read(commit: Oid): Promise<ReadonlyMap<Oid, GitObject> | undefined> {
    try {
      return await this.#copy.read(commit);
    } catch (error) {
      await this.#fail(error);
      return undefined;
    }
  }

  async #pin(ref: string): Promise<Pin | undefined> {
    try {
      return await this.#copy.pin(ref);
    } catch (error) {
      if (isShortage(error)) this.#tellFailed(`cannot be read: ${messageOf(error)}`);
      else this.#tellFailed(await this.#outcomeOf(error, () => this.#copy.setPinsAside()));
      return undefined;
    }
  }

  async #accept(ref: string, { head }: Pin): Promise<undefined> {
    await this.#copy.dropPin(ref).catch((error: unknown) => this.#fail(error));
    const text = `${ref} was at ${head} when it was last seen here; that is forgotten, as was asked for`;
    this.#options.tell?.({ kind: 'accepted', text, againInMs: 0 });
  }

  /** Nothing on the disk is taken for known after this. */
  async #fail(error: unknown): Promise<void> {
    for (const followed of this.#followed.values()) followed.forgetDisk();
    this.#copy.forget();
    if (isDiskTrouble(error)) this.#tellFailed(`cannot be used now: ${messageOf(error)}`);
    else this.#tellFailed(await this.#outcomeOf(error, () => this.#copy.setAside()));
  }

  async #outcomeOf(error: unknown, setAside: () => Promise<string | undefined>): Promise<string> {
    try {
      const path = await setAside();
      return `was damaged (${messageOf(error)})${path ? `, lies in ${path} now,` : ''} and is made anew`;
    } catch (cause) {
      return `is damaged (${messageOf(error)}) and cannot be moved away: ${messageOf(cause)}`;
    }
  }

  #tellFailed(what: string): void {
    if (this.#failing) return;
    this.#failing = true;
    this.#options.tell?.({ kind: 'failed', text: `${this.#path} ${what}`, againInMs: this.#options.retryMs });
  }

  #works(): void {
    if (this.#failing) this.#options.tell?.({ kind: 'works', text: `${this.#path} is kept again`, againInMs: 0 });
    this.#failing = false;
  }

  #inLane<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#lane.then(work);
    this.#lane = turn.catch(() => undefined);
    return turn;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
