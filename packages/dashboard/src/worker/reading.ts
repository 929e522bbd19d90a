/**
 * What questions may read, over a source: each blob is fetched once, proven to be what its name says, and kept; so is what
 * a commit holds, because it never changes. What the refs hold now is asked each time.
 */
import type { ReadModel } from '@gityard/domain';
import type { Keeping } from './keeping/keeping.ts';
import { jsonIn } from './questions/json-in.ts';
import type { Reading } from './questions/question.ts';
import { isBlob } from './sources/git-hash.ts';
import {
  type CommitEntry,
  type FoundFile,
  type Place,
  type Source,
  SourceFailure,
  type TreeEntry,
} from './sources/source.ts';

export interface LibraryParts {
  readonly source: Source;
  readonly keeping: () => Keeping;
  readonly model: () => ReadModel | undefined;
  readonly overwritten: () => ReadModel | null;
  readonly now: () => number;
}

/** A request outlives the question that made it, as others may wait for the same; but not for ever. */
const LONGEST_MS = 60_000;

export class Library {
  readonly #parts: LibraryParts;
  readonly #underWay = new Map<string, Promise<unknown>>();

  constructor(parts: LibraryParts) {
    this.#parts = parts;
  }

  reading(signal: AbortSignal): Reading {
    const { source, model, overwritten, now } = this.#parts;
    const unlessOver = <T>(ask: () => Promise<T>): Promise<T> => orOver(ask, signal);
    return {
      model: model(),
      overwritten: overwritten(),
      now,
      file: (place, path) => unlessOver(() => this.#file(place, path)),
      blob: (oid, where) => unlessOver(() => this.#blob(oid, where)),
      blobs: (entries, place) => unlessOver(async () => (await this.#many(signal)).blobs(entries, place)),
      costOf: (entries) => unlessOver(async () => (await this.#many(signal)).costOf(entries)),
      tree: (place, folder) => unlessOver(() => this.#tree(place, folder)),
      commits: (from, wanted) => {
        const ask = (limit: AbortSignal) => source.commits(from, wanted, limit);
        const name = `commits ${'ref' in from ? from.ref : from.commit} ${JSON.stringify(wanted)}`;
        return unlessOver(() =>
          'ref' in from ? this.#once(name, ask) : this.#value<readonly CommitEntry[]>(name, ask),
        );
      },
      send: (wish) => source.send(wish, signal),
      linkFor: (wish) => source.linkFor(wish),
      linkTo: (thing) => source.linkTo(thing),
      signal,
    };
  }

  async #file(place: Place, path: string): Promise<FoundFile | undefined> {
    const ask = (limit: AbortSignal) => this.#parts.source.file(place, path, limit);
    if ('ref' in place) return await proven(await this.#once(`file ${place.ref} ${path}`, ask));
    const entry = await this.#entryOf(place.commit, path);
    if (entry) return { oid: entry.oid, bytes: await this.#blob(entry.oid, { commit: place.commit, path }) };
    return await proven(await this.#once(`file ${place.commit} ${path}`, ask));
  }

  /** Where the whole tree of a commit was read, the names of its blobs are known. */
  async #entryOf(commit: string, path: string): Promise<TreeEntry | undefined> {
    const tree = await this.#kept<readonly TreeEntry[]>(`tree ${commit} `);
    return tree?.find((it) => it.path === path);
  }

  #blob(oid: string, where?: { readonly commit: string; readonly path: string }): Promise<Uint8Array> {
    return this.#once(oid, async (limit) => {
      const kept = await this.#parts.keeping().object(oid);
      if (kept && (await isBlob(oid, kept))) return kept;
      const bytes = await this.#fetched(oid, where, limit);
      if (!(await isBlob(oid, bytes))) throw notWhatItSays(oid);
      // Nobody waits for a disk to see what is here already.
      void this.#parts.keeping().keepObject(oid, bytes);
      return bytes;
    });
  }

  /** By its path in a commit where that is known: some hosts hand those out without counting them. */
  async #fetched(
    oid: string,
    where: { readonly commit: string; readonly path: string } | undefined,
    limit: AbortSignal,
  ): Promise<Uint8Array> {
    const { source } = this.#parts;
    const found = where && (await source.file({ commit: where.commit }, where.path, limit));
    return found && (await isBlob(oid, found.bytes)) ? found.bytes : source.blob(oid, limit);
  }

  /** Only few questions want many. */
  async #many(signal: AbortSignal): Promise<Pick<Reading, 'blobs' | 'costOf'>> {
    const { manyBlobs } = await import('./many-blobs.ts');
    const { source, keeping } = this.#parts;
    return manyBlobs({ source, keeping: keeping(), one: (oid, where) => this.#blob(oid, where), signal });
  }

  #tree(place: Place, folder: string): Promise<readonly TreeEntry[]> {
    const ask = (limit: AbortSignal) => this.#parts.source.tree(place, folder, limit);
    if ('ref' in place) return this.#once(`tree ${place.ref} ${folder}`, ask);
    return this.#value(`tree ${place.commit} ${folder}`, async (limit) => {
      const whole = folder === '' ? undefined : await this.#kept<readonly TreeEntry[]>(`tree ${place.commit} `);
      return whole?.filter(({ path }) => path.startsWith(`${folder}/`)) ?? (await ask(limit));
    });
  }

  /** A value that never changes its meaning, kept as text. */
  #value<T>(name: string, ask: (limit: AbortSignal) => Promise<T>): Promise<T> {
    return this.#once(name, async (limit) => {
      const kept = await this.#kept<T>(name);
      if (kept !== undefined) return kept;
      const value = await ask(limit);
      void this.#parts.keeping().keepObject(this.#nameOf(name), new TextEncoder().encode(JSON.stringify(value)));
      return value;
    });
  }

  async #kept<T>(name: string): Promise<T | undefined> {
    const bytes = await this.#parts.keeping().object(this.#nameOf(name));
    // What cannot be read was not kept: another page of this origin may have written it.
    return bytes && ((jsonIn(bytes) ?? undefined) as T | undefined);
  }

  /** What is no blob proves nothing of itself, so that of one source does not count for another. */
  #nameOf(name: string): string {
    return `${this.#parts.source.address} ${name}`;
  }

  /** Whoever wants the same while it is under way waits for the one request. */
  #once<T>(name: string, ask: (limit: AbortSignal) => Promise<T>): Promise<T> {
    const known = this.#underWay.get(name) as Promise<T> | undefined;
    if (known) return known;
    const asked = ask(AbortSignal.timeout(LONGEST_MS)).finally(() => this.#underWay.delete(name));
    this.#underWay.set(name, asked);
    return asked;
  }
}

async function proven(found: FoundFile | undefined): Promise<FoundFile | undefined> {
  if (found && found.oid !== '' && !(await isBlob(found.oid, found.bytes))) throw notWhatItSays(found.oid);
  return found;
}

const notWhatItSays = (oid: string): SourceFailure =>
  new SourceFailure({
    kind: 'invalid',
    reason: `what came for ${oid.slice(0, 12)} is not what Git calls by that name`,
  });

function orOver<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    ask()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', stop));
  });
}
