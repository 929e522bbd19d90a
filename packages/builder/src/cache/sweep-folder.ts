/**
 * Makes room in the folder of the cache: what is too old goes, then what was not used for the longest time, until the rest is
 * within the budget. Several may do so at once; what one of them has removed the others do not find, and that is all.
 */
import type { Dirent } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EXPIRES_MS } from './tier.ts';

export interface Swept {
  readonly keptBytes: number;
  readonly removed: number;
  readonly removedBytes: number;
}

export interface FoundFile {
  readonly path: string;
  /** Where it lies below the root, in parts. */
  readonly place: readonly string[];
  readonly sizeBytes: number;
  readonly usedAt: number;
}

/** Nobody writes on one file for so long. */
const PART_MS = 3_600_000;
/** After a sweep there is room for a while. */
const AIM = 0.9;

export async function sweepFolder(
  root: string,
  { budgetBytes, now }: { budgetBytes: number; now: number },
): Promise<Swept> {
  const found: FoundFile[] = [];
  for await (const file of cacheFiles(root)) found.push(file);
  const isOld = ({ place: [kind], usedAt }: FoundFile) => now - usedAt > (kind === 'tmp' ? PART_MS : EXPIRES_MS);
  const gone = found.filter((it) => isOld(it) && it.place[0] !== 'scopes');
  const old = new Set(gone);
  const rest = found.filter((it) => !old.has(it));
  let keptBytes = sum(rest);
  if (keptBytes > budgetBytes) {
    for (const file of byUse(rest)) {
      if (keptBytes <= budgetBytes * AIM) break;
      gone.push(file);
      keptBytes -= file.sizeBytes;
    }
  }
  for (const { path } of gone) await rm(path, { force: true });
  return { keptBytes, removed: gone.length, removedBytes: sum(gone) };
}

/** Entries come last: they are small, and one whose bytes are gone still tells the next miss what changed. */
function byUse(files: readonly FoundFile[]): readonly FoundFile[] {
  const oldestFirst = [...files].sort((a, b) => a.usedAt - b.usedAt);
  const ofKind = (wanted: string) => oldestFirst.filter(({ place: [kind] }) => kind === wanted);
  return [...ofKind('blobs'), ...ofKind('entry'), ...ofKind('latest')];
}

const sum = (files: readonly FoundFile[]): number => files.reduce((all, it) => all + it.sizeBytes, 0);

/** Every plain file of a cache; links and what vanishes meanwhile are passed over. */
export async function* cacheFiles(root: string, place: readonly string[] = []): AsyncGenerator<FoundFile> {
  const entries: Dirent[] = await readdir(join(root, ...place), { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const below = [...place, entry.name];
    if (entry.isDirectory()) yield* cacheFiles(root, below);
    if (!entry.isFile()) continue;
    const path = join(root, ...below);
    const status = await lstat(path).catch(() => null);
    if (status) yield { path, place: below, sizeBytes: status.size, usedAt: status.mtimeMs };
  }
}
