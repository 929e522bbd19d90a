/**
 * The pinned heads: what was the head of each ref when we last looked, in a file of its own, because it has to outlive the
 * copy of the repository beside it. A restart knows a rewritten history by them. Knows no objects.
 */
import { isOid, type Oid } from '../codec/oid.ts';
import type { Disk } from './disk.ts';

export interface Pin {
  readonly head: Oid;
  /** Commits that this head follows, oldest first. */
  readonly before: readonly Oid[];
}

export type Pins = ReadonlyMap<string, Pin>;

/** Throws SyntaxError when the file is none of ours. */
export async function readPins(disk: Disk, path: string): Promise<Pins> {
  const bytes = await disk.read(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!bytes) return new Map();
  const value: unknown = JSON.parse(Buffer.from(bytes).toString());
  const rows = Object.entries(typeof value === 'object' && value ? value : {});
  if (rows.length === 0 || !rows.every(isRow)) throw new SyntaxError(`${path} holds no pinned heads`);
  return new Map(rows);
}

export async function writePins(disk: Disk, path: string, pins: Pins): Promise<void> {
  await disk.write(path, `${JSON.stringify(Object.fromEntries(pins), null, 1)}\n`);
}

function isRow(row: [string, unknown]): row is [string, Pin] {
  const { head, before } = (row[1] ?? {}) as { head?: unknown; before?: unknown };
  return isName(head) && Array.isArray(before) && before.every(isName);
}

const isName = (value: unknown): boolean => typeof value === 'string' && isOid(value);
