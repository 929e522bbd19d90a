/**
 * A bare repository on the disk that holds, of each ref, the head and the whole tree of that head. Commits are added to it
 * as they come; now and then it is packed anew, without the past. At any moment in between it is a repository.
 */
import { dirname, join } from 'node:path';

import { decodeCommit } from '../codec/commit.ts';
import type { GitObject } from '../codec/object.ts';
import type { Oid } from '../codec/oid.ts';
import { Damaged } from './damage.ts';
import type { Disk } from './disk.ts';
import type { Contents } from './inspect.ts';
import { CONFIG, headFileFor, packsIn } from './layout.ts';
import { needsOf } from './needs.ts';
import { type WrittenPack, writeLocalPack } from './write-pack.ts';

const MOST_PACKS = 20;
const MOST_GROWTH_BYTES = 2 * 1024 * 1024;

/** A ref, and the objects of the commit that it shall be. */
export interface RefObjects {
  readonly ref: string;
  readonly head: Oid;
  readonly objects: Iterable<GitObject>;
}

export class LocalRepository {
  readonly path: string;
  readonly #disk: Disk;
  readonly #refs = new Map<string, Oid>();
  #oids: Set<Oid>;
  #shallow: Set<Oid>;
  #packs: number;
  #sizeBytes: number;
  #limitBytes: number;
  #isLittered: boolean;

  constructor(disk: Disk, path: string, contents: Contents = NOTHING) {
    const { objects, refs, shallow, packs, sizeBytes, isLittered } = contents;
    this.#disk = disk;
    this.path = path;
    this.#refs = new Map(refs);
    this.#oids = new Set(objects.keys());
    this.#shallow = new Set(shallow);
    this.#packs = packs;
    this.#sizeBytes = sizeBytes;
    this.#limitBytes = sizeBytes + MOST_GROWTH_BYTES;
    this.#isLittered = isLittered;
  }

  /** An empty one, made aside and moved to its place, so that there is never half of one. */
  static async begin(disk: Disk, path: string, { ref, scratch }: { ref: string; scratch: string }) {
    const made = join(scratch, 'new.git');
    await disk.remove(made);
    for (const folder of ['objects/pack', 'objects/info', 'refs/heads']) await disk.makeFolder(join(made, folder));
    await disk.write(join(made, 'config'), CONFIG);
    await disk.write(join(made, 'HEAD'), headFileFor(ref));
    await disk.move(made, path);
    return new LocalRepository(disk, path);
  }

  get refs(): ReadonlyMap<string, Oid> {
    return this.#refs;
  }

  /** Time to pack it anew. */
  get isDue(): boolean {
    return this.#isLittered || this.#packs > MOST_PACKS || this.#sizeBytes > this.#limitBytes;
  }

  /** What came after the heads that are here. */
  async add(news: readonly RefObjects[]): Promise<void> {
    const objects = uniqueOf(news).filter((it) => !this.#oids.has(it.oid));
    if (objects.length > 0) this.#count(await this.#writePack(objects));
    for (const { oid } of objects) this.#oids.add(oid);
    await this.#writeRefs(news);
  }

  /** Of each ref its head and that one's tree, and nothing else. */
  async packAnew(all: readonly RefObjects[]): Promise<void> {
    const objects = uniqueOf(all);
    const cuts = new Set(objects.filter(isCut).map((it) => it.oid));
    // The old past is cut where it was for as long as it is here, and the new heads are cut before they come.
    await this.#writeShallow(new Set([...this.#shallow, ...cuts]));
    this.#oids = new Set();
    const written = await this.#writePack(objects);
    this.#oids = new Set(objects.map((it) => it.oid));
    // Those that lie in one file are to have files of their own again, before it goes.
    this.#refs.clear();
    await this.#writeRefs(all);
    await this.#removeAllBut(written);
    await this.#writeShallow(cuts);
    this.#packs = 1;
    this.#isLittered = false;
    this.#sizeBytes = written.sizeBytes;
    this.#limitBytes = 2 * written.sizeBytes + MOST_GROWTH_BYTES;
  }

  async #writePack(objects: readonly GitObject[]): Promise<WrittenPack> {
    const here = new Set(objects.map((it) => it.oid));
    const trees = objects.filter((it) => it.type === 'tree');
    const needs = trees.flatMap((it) => needsOf(it, { isCut: false }));
    const lacking = needs.filter(({ oid }) => !here.has(oid) && !this.#oids.has(oid));
    if (!lacking.every((it) => it.isFile)) throw new Damaged('a folder is missing that was thought to be here');
    return writeLocalPack(this.#disk, this.path, { objects, absent: new Set(lacking.map((it) => it.oid)) });
  }

  #count({ sizeBytes }: WrittenPack): void {
    this.#packs += 1;
    this.#sizeBytes += sizeBytes;
  }

  async #writeRefs(refs: readonly RefObjects[]): Promise<void> {
    for (const { ref, head } of refs) {
      if (this.#refs.get(ref) === head) continue;
      await this.#disk.makeFolder(dirname(join(this.path, ref)));
      await this.#disk.write(join(this.path, ref), `${head}\n`);
      this.#refs.set(ref, head);
    }
  }

  async #writeShallow(oids: Set<Oid>): Promise<void> {
    await this.#disk.write(join(this.path, 'shallow'), [...oids].map((oid) => `${oid}\n`).join(''));
    this.#shallow = oids;
  }

  /** An index goes before its pack: a pack without one is not seen, an index without a pack is damage. */
  async #removeAllBut({ stem }: WrittenPack): Promise<void> {
    const [folder, objects] = [packsIn(this.path), join(this.path, 'objects')];
    const names = (await this.#disk.list(folder)).map((it) => it.name).filter((it) => !it.startsWith(`${stem}.`));
    const inOrder = [...names.filter((it) => it.endsWith('.idx')), ...names.filter((it) => !it.endsWith('.idx'))];
    for (const name of inOrder) await this.#disk.remove(join(folder, name));
    const others = (await this.#disk.list(objects)).filter((it) => it.name !== 'pack');
    for (const { name } of others) await this.#disk.remove(join(objects, name));
    await this.#disk.remove(join(this.path, 'packed-refs'));
  }
}

const NOTHING: Contents = {
  objects: new Map(),
  absent: new Set(),
  refs: new Map(),
  shallow: new Set(),
  isLittered: false,
  packs: 0,
  sizeBytes: 0,
};

function uniqueOf(parts: readonly RefObjects[]): GitObject[] {
  return [...new Map(parts.flatMap(({ objects }) => [...objects].map((it) => [it.oid, it] as const))).values()];
}

const isCut = ({ type, body }: GitObject): boolean => type === 'commit' && decodeCommit(body).parents.length > 0;
