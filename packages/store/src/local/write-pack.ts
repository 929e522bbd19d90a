/** Objects → a pack with its index on the disk. Built in slices, because commits must not wait for a copy of themselves. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

import type { GitObject } from '../codec/object.ts';
import type { Oid } from '../codec/oid.ts';
import { packIndex } from '../codec/pack-index.ts';
import { encodeEntry, packHeader } from '../codec/pack-writer.ts';
import type { Disk } from './disk.ts';
import { packsIn } from './layout.ts';

export interface PackToWrite {
  readonly objects: readonly GitObject[];
  /** What they name and the remote alone has. */
  readonly absent: ReadonlySet<Oid>;
}

export interface WrittenPack {
  readonly stem: string;
  readonly sizeBytes: number;
}

const SLICE = 32;

export async function writeLocalPack(disk: Disk, path: string, toWrite: PackToWrite): Promise<WrittenPack> {
  const { pack, places } = await buildPack(toWrite.objects);
  const index = packIndex(pack, places);
  const stem = `pack-${pack.subarray(-20).toString('hex')}`;
  const file = join(packsIn(path), stem);
  // Git takes a pack for there once its index is, so that comes last.
  if (toWrite.absent.size > 0) await disk.write(`${file}.promisor`, `${[...toWrite.absent].join('\n')}\n`);
  await disk.write(`${file}.pack`, pack);
  await disk.write(`${file}.idx`, index);
  return { stem, sizeBytes: pack.length + index.length };
}

async function buildPack(objects: readonly GitObject[]): Promise<{ pack: Buffer; places: Map<number, Oid> }> {
  const parts: Uint8Array[] = [packHeader(objects.length)];
  const places = new Map<number, Oid>();
  let at = parts[0]?.length ?? 0;
  for (const [index, { oid, type, body }] of objects.entries()) {
    if (index % SLICE === SLICE - 1) await nextTurn();
    const entry = Buffer.concat(encodeEntry({ oid, type, body }));
    places.set(at, oid);
    parts.push(entry);
    at += entry.length;
  }
  const body = Buffer.concat(parts);
  return { pack: Buffer.concat([body, createHash('sha1').update(body).digest()]), places };
}
