/**
 * Keeps the kept workspaces of an agent within their budget: whichever was used longest ago goes first, and whatever has no
 * record goes at once. Those that a build is in are left alone, also one that a build enters while this goes on.
 */
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { freeBytesAt } from '../artifacts/store/local-store.ts';
import { removeTree } from '../remove-tree.ts';
import { readRecord } from './kept-record.ts';

export interface Budget {
  readonly keptBytes: number;
  readonly keptCount: number;
  /** Below so much room on the disk, all of them count as too many. */
  readonly leastFreeBytes: number;
}

export const BUDGET: Budget = { keptBytes: 20 * 2 ** 30, keptCount: 50, leastFreeBytes: 2 * 2 ** 30 };

interface Found {
  readonly folder: string;
  readonly usedAt: string;
  readonly sizeBytes: number;
}

/** @param busy those that a build is in, as it is at every moment; whichever is being removed is among them meanwhile */
export async function evict(root: string, busy: Set<string>, budget: Budget): Promise<void> {
  const found = (await keptBelow(root)).filter(({ folder }) => !busy.has(folder));
  const newestFirst = found.sort((a, b) => (a.usedAt < b.usedAt ? 1 : -1));
  const isTight = (await freeBytesAt(root)) < budget.leastFreeBytes;
  let bytes = 0;
  for (const [index, { folder, usedAt, sizeBytes }] of newestFirst.entries()) {
    bytes += sizeBytes;
    const isUnknown = usedAt === '';
    if (isUnknown || isTight || index >= budget.keptCount || bytes > budget.keptBytes) await removeIdle(folder, busy);
  }
}

/** Looked at and taken in one step: between two builds it is ours, or it is not removed. */
async function removeIdle(folder: string, busy: Set<string>): Promise<void> {
  if (busy.has(folder)) return;
  busy.add(folder);
  await removeTree(folder).finally(() => busy.delete(folder));
}

async function keptBelow(root: string): Promise<Found[]> {
  const names = await readdir(root).catch(() => []);
  return Promise.all(
    names.map(async (name) => {
      const folder = join(root, name);
      const record = await readRecord(folder);
      return { folder, usedAt: record?.usedAt ?? '', sizeBytes: record?.sizeBytes ?? 0 };
    }),
  );
}

const AT_ONCE = 64;

/** Of all files below a folder, through no link. */
export async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const entries = await readdir(next, { withFileTypes: true }).catch(() => []);
    const files: string[] = [];
    for (const entry of entries) (entry.isDirectory() ? folders : files).push(join(next, entry.name));
    for (let from = 0; from < files.length; from += AT_ONCE) {
      const some = files.slice(from, from + AT_ONCE);
      // A link's own size is a few bytes; what it leads to is counted where it lies, or lies elsewhere.
      const sizes = await Promise.all(some.map((path) => lengthOf(path)));
      bytes += sizes.reduce((sum, it) => sum + it, 0);
    }
  }
  return bytes;
}

const lengthOf = async (path: string): Promise<number> => (await lstat(path).catch(() => null))?.size ?? 0;
