/**
 * The files that the log consists of, each named after the number of its first record. Reading one mends it: an end that was
 * torn is cut, and a file that is damaged is set aside as it was, with all that can still be read of it kept in its place.
 * To be called by who holds the lock for writing: for anybody else a record that is just being written looks torn.
 */
import { basename, join } from 'node:path';
import { cutFile, type Files, replaceFile } from '../machine/durable-files.ts';
import { encodeRecord, type SpoolRecord, scan } from './record.ts';

export interface Segment {
  readonly path: string;
  /** No record in it has a lower number. */
  readonly first: number;
  readonly sizeBytes: number;
}

export interface SegmentPlace {
  readonly disk: Files;
  readonly folder: string;
  /** Told once, with what was lost and where the rest of it is. */
  readonly onDamage?: ((text: string) => void) | undefined;
}

export const segmentPath = (folder: string, first: number): string =>
  join(folder, `${String(first).padStart(15, '0')}.log`);

/** Oldest first. */
export async function listSegments({ disk, folder }: SegmentPlace): Promise<Segment[]> {
  const names = (await disk.readdir(folder)).filter((it) => /^\d{15}\.log$/.test(it)).sort();
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      return { path, first: Number.parseInt(name, 10), sizeBytes: (await disk.stat(path)).size };
    }),
  );
}

export async function readSegment(place: SegmentPlace, segment: Segment): Promise<readonly SpoolRecord[]> {
  const { disk } = place;
  const bytes = await disk.readFile(segment.path);
  const { records, endBytes, condition } = scan(bytes);
  if (condition === 'torn') await cutFile(disk, segment.path, endBytes);
  if (condition === 'damaged') await setAside(place, segment, { bytes, records });
  return records;
}

const damagedFolder = (folder: string): string => join(folder, 'damaged');

/** Files as they were when they were found damaged. */
export function listDamaged({ disk, folder }: SegmentPlace): Promise<string[]> {
  return disk.readdir(damagedFolder(folder)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}

async function setAside(
  { disk, folder, onDamage }: SegmentPlace,
  { path, first }: Segment,
  { bytes, records }: { bytes: Buffer; records: readonly SpoolRecord[] },
): Promise<void> {
  await disk.mkdir(damagedFolder(folder), { recursive: true });
  const kept = join(damagedFolder(folder), basename(path));
  await replaceFile(disk, kept, bytes);
  await replaceFile(disk, path, Buffer.concat(records.map(encodeRecord)));
  const last = records.at(-1)?.number ?? first - 1;
  const missing = last - first + 1 - records.length;
  const lost =
    missing > 0 ? `${missing} before number ${last} cannot be read` : `what came after number ${last} cannot`;
  onDamage?.(`the spool in ${folder} was damaged: ${lost}; ${kept} is what was there`);
}
