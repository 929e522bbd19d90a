/** The packs of a local copy: every object by the name that its content gives it, and every index held against its pack. */
import { join } from 'node:path';

import type { GitObject } from '../codec/object.ts';
import { isOid, type Oid } from '../codec/oid.ts';
import { packIndex } from '../codec/pack-index.ts';
import { readPack } from '../codec/pack-reader.ts';
import { Damaged, isShortage } from './damage.ts';
import type { Disk } from './disk.ts';
import { packsIn, stemOf } from './layout.ts';

export interface PackedObjects {
  readonly objects: ReadonlyMap<Oid, GitObject>;
  /** Files that were too large to be fetched: named, and rightly not there. */
  readonly absent: ReadonlySet<Oid>;
  readonly packs: number;
  readonly sizeBytes: number;
}

export async function readPacks(disk: Disk, path: string): Promise<PackedObjects> {
  const folder = packsIn(path);
  const names = (await disk.list(folder)).map((it) => it.name);
  const objects = new Map<Oid, GitObject>();
  const absent = new Set<Oid>();
  // A pack without an index is one that was being written when the process ended. Git does not see it either.
  const stems = names.filter((it) => it.endsWith('.idx')).map(stemOf);
  let sizeBytes = 0;
  for (const stem of stems) {
    const file = join(folder, stem);
    const read = await onePack(disk, file);
    for (const object of read.objects) objects.set(object.oid, object);
    sizeBytes += read.sizeBytes;
    if (names.includes(`${stem}.promisor`)) for (const oid of await lacking(disk, file)) absent.add(oid);
  }
  return { objects, absent, packs: stems.length, sizeBytes };
}

async function onePack(disk: Disk, file: string) {
  const [pack, index] = [await disk.read(`${file}.pack`), await disk.read(`${file}.idx`)];
  const { objects, places, missingBases } = await readPack(pack).catch((cause: unknown) => {
    throw isShortage(cause) ? cause : new Damaged(`${file}.pack is cut or damaged`, { cause });
  });
  if (missingBases.length > 0) throw new Damaged(`${file}.pack is not whole`);
  if (!packIndex(pack, places).equals(index)) throw new Damaged(`${file}.idx does not fit its pack`);
  return { objects, sizeBytes: pack.length + index.length };
}

/** Git's mark of a pack that names what only the remote has. In ours stands what that is. */
async function lacking(disk: Disk, file: string): Promise<Oid[]> {
  const text = Buffer.from(await disk.read(`${file}.promisor`)).toString();
  return text.split(/\s+/).filter(isOid);
}
