/** Where the spools of a home are: one folder for each yard, told apart by its address and the ref of its state. */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Files, systemFiles, writeDurably } from '@gityard/store';
import type { Refs } from '../options.ts';

export interface SpoolPlace {
  readonly folder: string;
  /** Of the yard, without credentials. */
  readonly address: string;
  readonly stateRef: string;
}

const spoolsFolder = (home: string): string => join(home, 'spool');

export function spoolPlace(home: string, { address, refs }: { address: string; refs: Refs }): SpoolPlace {
  const bare = address.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1').replace(/[?#].*$|\/+$/g, '');
  const key = createHash('sha256').update(`${bare}\n${refs.state}`).digest('hex').slice(0, 12);
  const name = basename(bare)
    .replace(/\.git$/, '')
    .replace(/[^a-z0-9._-]+/gi, '-')
    .slice(0, 40);
  return { folder: join(spoolsFolder(home), `${name}-${key}`), address: bare, stateRef: refs.state };
}

export async function notePlace({ folder, address, stateRef }: SpoolPlace, disk: Files): Promise<void> {
  if (await placeAt(folder, disk)) return;
  const text = `${JSON.stringify({ address, stateRef, schemaVersion: 1 }, null, 2)}\n`;
  await writeDurably(join(folder, 'yard.json'), Buffer.from(text), disk);
}

/** Of every yard that something was ever kept for. */
export async function spoolPlaces(home: string): Promise<readonly SpoolPlace[]> {
  const names = await readdir(spoolsFolder(home)).catch(() => []);
  const found = await Promise.all(names.sort().map((name) => placeAt(join(spoolsFolder(home), name))));
  return found.filter((it) => it !== undefined);
}

async function placeAt(folder: string, disk: Files = systemFiles): Promise<SpoolPlace | undefined> {
  try {
    const { address, stateRef } = JSON.parse(`${await disk.readFile(join(folder, 'yard.json'))}`) as SpoolPlace;
    return { folder, address, stateRef };
  } catch {
    // It is just being made, or is none of ours.
    return undefined;
  }
}

/** Whether anything was ever kept there. */
export const isThere = async ({ folder }: SpoolPlace): Promise<boolean> => (await placeAt(folder)) !== undefined;

/** Whether records lie there at all. Asked for by every command, so it opens nothing and makes nothing. */
export async function mayHoldSomething({ folder }: SpoolPlace): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  return names.some((it) => it.endsWith('.log'));
}
