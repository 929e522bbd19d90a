/** Objects that lie by themselves. We write none, but whoever works in the copy with Git's own programs may. */
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';

import { type GitObject, makeObject, type ObjectType } from '../codec/object.ts';
import { Damaged } from './damage.ts';
import type { Disk } from './disk.ts';

export async function readLoose(disk: Disk, path: string): Promise<GitObject[]> {
  const folder = join(path, 'objects');
  const found: GitObject[] = [];
  for (const { name: first, isFolder } of await disk.list(folder)) {
    if (!isFolder || !/^[0-9a-f]{2}$/.test(first)) continue;
    const names = (await disk.list(join(folder, first))).map((it) => it.name);
    const rests = names.filter((it) => /^[0-9a-f]{38}$/.test(it));
    for (const rest of rests) found.push(oneLoose(await disk.read(join(folder, first, rest)), first + rest));
  }
  return found;
}

function oneLoose(bytes: Uint8Array, oid: string): GitObject {
  const object = parse(bytes);
  if (object?.oid !== oid) throw new Damaged(`the object ${oid} is not what its name says`);
  return object;
}

const HEADER = /^(commit|tree|blob|tag) (\d+)$/;

function parse(bytes: Uint8Array): GitObject | undefined {
  try {
    const inflated = inflateSync(bytes);
    const end = inflated.indexOf(0);
    const type = HEADER.exec(inflated.toString('latin1', 0, Math.max(0, end)))?.[1];
    return type === undefined ? undefined : makeObject(type as ObjectType, inflated.subarray(end + 1));
  } catch {
    // Cut or damaged: whatever zlib calls it, there is no object here.
    return undefined;
  }
}
