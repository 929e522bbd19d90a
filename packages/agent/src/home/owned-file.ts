/**
 * Files by which the owner of this machine says what may run on it: the system's (/etc/gityard), which wins, or those of the
 * agent's own folder. Whoever else could write one would be the owner, so one that others may write counts for nothing.
 */
import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AgentError } from '../agent-error.ts';

export interface OwnedPlaces {
  readonly home: string;
  /** Of the whole machine; only for specs another than `systemFolder`. */
  readonly system?: string;
}

export const systemFolder = (): string =>
  process.platform === 'win32' ? join(process.env.ProgramData ?? 'C:\\ProgramData', 'gityard') : '/etc/gityard';

export interface OwnedFile {
  readonly path: string;
  readonly text: string;
}

const MOST_BYTES = 1_000_000;

/** The first of the two that is there; undefined: neither. */
export async function readOwned(places: OwnedPlaces, name: string): Promise<OwnedFile | undefined> {
  const { home, system = systemFolder() } = places;
  return (await readAt(join(system, name), 'system')) ?? readAt(join(home, name), 'home');
}

/** Both, the system's first: for what only adds up. */
export async function readBothOwned(places: OwnedPlaces, name: string): Promise<readonly OwnedFile[]> {
  const { home, system = systemFolder() } = places;
  const found = [await readAt(join(system, name), 'system'), await readAt(join(home, name), 'home')];
  return found.filter((it) => it !== undefined);
}

/** Changes when one of the files may have: cheap enough to be asked for every few seconds. */
export async function stampOfOwned(places: OwnedPlaces, names: readonly string[]): Promise<string> {
  const { home, system = systemFolder() } = places;
  const paths = [system, home].flatMap((folder) => names.map((name) => join(folder, name)));
  return (await Promise.all(paths.map(stampOf))).join(', ');
}

async function stampOf(path: string): Promise<string> {
  try {
    const { mtimeMs, ctimeMs, size, ino } = await stat(path);
    return `${mtimeMs} ${ctimeMs} ${size} ${ino}`;
  } catch (error) {
    if (isMissing(error)) return 'none';
    throw error;
  }
}

type Place = 'system' | 'home';

async function readAt(path: string, place: Place): Promise<OwnedFile | undefined> {
  const file = await opened(path);
  if (file === undefined) return undefined;
  try {
    const found = await file.stat();
    const problem = ownerProblem(
      { ...found, isFile: found.isFile() },
      { path, place, uid: process.getuid?.() ?? null },
    );
    if (problem !== null) throw new AgentError('INVALID_DATA', problem);
    return { path, text: await file.readFile('utf8') };
  } finally {
    await file.close();
  }
}

/** What was looked at is what is read: the file is opened once, and a link is not followed to another one. */
async function opened(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (isMissing(error)) return undefined;
    if ((error as NodeJS.ErrnoException).code !== 'ELOOP') throw error;
    throw new AgentError(
      'INVALID_DATA',
      `${path} is a link, and whoever can move its target would decide; put the file itself there`,
    );
  }
}

const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

interface Looks {
  readonly isFile: boolean;
  readonly mode: number;
  readonly uid: number;
  readonly size: number;
}

interface Standing {
  readonly path: string;
  readonly place: Place;
  /** Ours; null where the system has none. */
  readonly uid: number | null;
}

const OTHERS_WRITE = 0o022;

/** Why the file counts for nothing, with the line that mends it; null: it counts. */
export function ownerProblem({ isFile, mode, uid, size }: Looks, { path, place, uid: own }: Standing): string | null {
  if (!isFile) return `${path} is no plain file; remove it`;
  if (size > MOST_BYTES) return `${path} is larger than ${MOST_BYTES} bytes; make it smaller`;
  if (own === null) return null;
  const owners = place === 'system' ? [0] : [0, own];
  if (!owners.includes(uid))
    return `${path} belongs to user ${uid}, who is not the owner of this agent; chown ${owners.at(-1)} ${path}`;
  return (mode & OTHERS_WRITE) === 0 ? null : `${path} may be written by others; chmod go-w ${path}`;
}
