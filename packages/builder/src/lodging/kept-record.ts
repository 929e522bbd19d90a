/**
 * What is known of a kept workspace: which commit lies there and what each of its files looked like, and how far its projects
 * have come. It lies where no build can reach. While a build is at work there is none, so a workspace without a record is
 * one in which an agent was killed, and is never used again.
 */
import { open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Laid } from '../source/lay-out.ts';

/** As far as a strategy knows it. */
export interface Memory {
  /** What all of it was made with: tools, parameters, platform. */
  readonly basis: Readonly<Record<string, string>>;
  readonly projects: readonly { readonly id: string; readonly outputs: readonly string[] }[];
  readonly shared: readonly string[];
  /** Projects that changed and have not been built and tested to the end since. */
  readonly pending: readonly string[];
  readonly isRestored: boolean;
  /** Every stage has succeeded since anything changed. */
  readonly isFinished: boolean;
}

export interface KeptRecord extends Memory {
  readonly schemaVersion: typeof VERSION;
  readonly repository: string;
  readonly branch: string | null;
  readonly job: string;
  readonly commit: string;
  readonly usedAt: string;
  readonly sizeBytes: number;
}

/** Rises when something else has to be remembered, or when what is remembered was wrong. */
const VERSION = 1;
const NAME = 'record.json';
/** Path, mode, blob and stamp of each file: by far the most of it, and of no use to whoever only looks how old it is. */
const FILES = 'files.json';

export async function readRecord(folder: string): Promise<KeptRecord | null> {
  try {
    const value = JSON.parse(await readFile(join(folder, NAME), 'utf8'));
    return value?.schemaVersion === VERSION ? value : null;
  } catch {
    // None, or half of one: either way nobody can say what lies there.
    return null;
  }
}

/** From now on the workspace is known by nobody, until it is recorded again. */
export async function dropRecord(folder: string): Promise<void> {
  await rm(join(folder, NAME), { force: true });
  await syncFolder(folder);
}

export async function writeRecord(
  folder: string,
  { laid, ...record }: Omit<KeptRecord, 'schemaVersion'> & { readonly laid: Laid },
): Promise<void> {
  const rows = [...laid].map(([path, { mode, blob, stamp }]) => [path, mode, blob, stamp]);
  await writeFile(join(folder, FILES), JSON.stringify(rows), { flush: true });
  const path = join(folder, NAME);
  await writeFile(`${path}.part`, JSON.stringify({ schemaVersion: VERSION, ...record }), { flush: true });
  await rename(`${path}.part`, path);
  await syncFolder(folder);
}

export async function readLaid(folder: string): Promise<Laid> {
  const rows: [string, string, string, string | null][] = JSON.parse(await readFile(join(folder, FILES), 'utf8'));
  return new Map(rows.map(([path, mode, blob, stamp]) => [path, { mode, blob, stamp }]));
}

/** A name that is gone, or new, must be so after a power cut as well. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}
