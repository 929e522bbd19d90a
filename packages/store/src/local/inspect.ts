/**
 * Reads a local copy whole, and believes nothing of it: each object is what its name says, whatever one of them names is
 * there, and Git's own programs will find it in order. It stays small, so that this costs less than a look at the remote.
 */
import { join } from 'node:path';

import type { GitObject } from '../codec/object.ts';
import type { Oid } from '../codec/oid.ts';
import { codeOf, Damaged, isShortage } from './damage.ts';
import type { Disk } from './disk.ts';
import { CONFIG } from './layout.ts';
import { needsOf } from './needs.ts';
import { readLoose } from './read-loose.ts';
import { readPacks } from './read-packs.ts';
import { readRefFiles, readShallow } from './read-refs.ts';

export interface Contents extends Readings {
  /** Holds objects that no ref leads to, and that may lack something. */
  readonly isLittered: boolean;
}

interface Readings {
  readonly objects: ReadonlyMap<Oid, GitObject>;
  /** Files that were too large to be fetched. */
  readonly absent: ReadonlySet<Oid>;
  readonly refs: ReadonlyMap<string, Oid>;
  readonly shallow: ReadonlySet<Oid>;
  readonly packs: number;
  readonly sizeBytes: number;
}

/** Undefined: there is none. Throws Damaged, unless the machine is short of something. */
export async function inspect(disk: Disk, path: string): Promise<Contents | undefined> {
  try {
    const names = await namesIn(disk, path);
    return names && (await contentsOf(disk, path, names));
  } catch (cause) {
    if (cause instanceof Damaged || isShortage(cause)) throw cause;
    throw new Damaged(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

async function contentsOf(disk: Disk, path: string, names: readonly string[]): Promise<Contents> {
  for (const name of ['HEAD', 'config', 'objects', 'refs'])
    if (!names.includes(name)) throw new Damaged(`it has no ${name}`);
  // Only a repository with a working folder has one, and Git refuses to work beside a broken one.
  if (names.includes('index')) throw new Damaged('it has an index');
  await checkFixed(disk, path);

  const { objects: packed, ...rest } = await readPacks(disk, path);
  const objects = new Map(packed);
  for (const object of await readLoose(disk, path)) objects.set(object.oid, object);
  const [refs, shallow] = [await readRefFiles(disk, path), await readShallow(disk, path)];
  const readings = { objects, refs, shallow, ...rest };
  return { ...readings, isLittered: reachedFrom(readings).size < objects.size };
}

async function namesIn(disk: Disk, path: string): Promise<string[] | undefined> {
  try {
    return (await disk.list(path)).map((it) => it.name);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function checkFixed(disk: Disk, path: string): Promise<void> {
  const [head, config] = [await disk.read(join(path, 'HEAD')), await disk.read(join(path, 'config'))];
  if (!/^ref: refs\/\S+\n$/.test(Buffer.from(head).toString('latin1'))) throw new Damaged('HEAD names no branch');
  // What somebody added to it is theirs.
  if (!Buffer.from(config).toString('latin1').startsWith(CONFIG)) throw new Damaged('config is not what was written');
}

/** All that the refs lead to; nothing on the way may be missing but files that are known to be. */
function reachedFrom({ objects, absent, refs, shallow }: Readings): Set<Oid> {
  const reached = new Set<Oid>();
  const open = [...refs].map(([by, oid]) => ({ by, oid, isFile: false }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { by, oid, isFile } = next;
    const object = objects.get(oid);
    if (!object && !(isFile && absent.has(oid))) throw new Damaged(`${by} names ${oid}, which is not there`);
    if (!object || reached.has(oid)) continue;
    reached.add(oid);
    const needs = needsOf(object, { isCut: shallow.has(oid) });
    for (const need of needs) open.push({ ...need, by: `the ${object.type} ${oid}` });
  }
  return reached;
}
