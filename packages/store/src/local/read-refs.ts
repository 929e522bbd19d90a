/** The refs of a local copy, and the commits at which its history was cut. Small files, each of which may be damaged. */
import { join } from 'node:path';

import { isOid, type Oid } from '../codec/oid.ts';
import { codeOf, Damaged } from './damage.ts';
import type { Disk } from './disk.ts';

export async function readRefFiles(disk: Disk, path: string): Promise<Map<string, Oid>> {
  const refs = packedRefs(await textIfThere(disk, join(path, 'packed-refs')));
  await addLoose(disk, { path, folder: 'refs', refs });
  return refs;
}

/** Commits whose parents are not here, on purpose. */
export async function readShallow(disk: Disk, path: string): Promise<Set<Oid>> {
  const lines = linesOf(await textIfThere(disk, join(path, 'shallow')));
  if (!lines.every(isOid)) throw new Damaged('the file shallow holds something else than commits');
  return new Set(lines);
}

interface Walk {
  readonly path: string;
  readonly folder: string;
  readonly refs: Map<string, Oid>;
}

async function addLoose(disk: Disk, { path, folder, refs }: Walk): Promise<void> {
  for (const { name, isFolder } of await disk.list(join(path, folder))) {
    const ref = `${folder}/${name}`;
    if (isFolder) await addLoose(disk, { path, folder: ref, refs });
    else if (!name.endsWith('.lock')) refs.set(ref, oidOf(ref, await disk.read(join(path, ref))));
  }
}

function oidOf(ref: string, bytes: Uint8Array): Oid {
  const text = Buffer.from(bytes).toString('latin1').trimEnd();
  if (!isOid(text)) throw new Damaged(`${ref} names no commit`);
  return text;
}

/** Where "git gc" puts refs. A ref that is a file as well is what the file says. */
function packedRefs(text: string): Map<string, Oid> {
  const rows = linesOf(text).filter((it) => !/^[#^]/.test(it));
  return new Map(
    rows.map((row) => {
      const [oid = '', ref = ''] = row.split(' ');
      if (!isOid(oid) || !ref.startsWith('refs/')) throw new Damaged('the file packed-refs is damaged');
      return [ref, oid];
    }),
  );
}

async function textIfThere(disk: Disk, path: string): Promise<string> {
  const bytes = await disk.read(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return new Uint8Array();
    throw error;
  });
  return Buffer.from(bytes).toString('latin1');
}

const linesOf = (text: string): string[] => text.split('\n').filter((it) => it !== '');
