/**
 * Puts a program beside those that are there, under a name that bears its digest: all of it, or nothing. Nothing of it is run.
 * A program brings everything with it; what it would fetch itself, no digest of the job covers.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { promisify } from 'node:util';
import type { Update } from '@gityard/domain';
import { fetchProgram } from './fetch-archive.ts';
import { type Program, type Programs, programFolder } from './programs.ts';
import { UpdateError } from './update-error.ts';

/** It becomes the name of a folder, and a word for npm. */
const VERSION = /^\d+\.\d+\.\d+[0-9A-Za-z.-]*$/;
const INCOMING = 'incoming-';

export async function putProgram(home: string, update: Update, signal: AbortSignal): Promise<Program> {
  if (!VERSION.test(update.version)) throw new UpdateError('policy', `${update.version} is no version`);
  const programs = programFolder(home);
  const folder = folderOf(update);
  if ((await stat(join(programs, folder)).catch(() => undefined)) === undefined) {
    const incoming = await mkdtemp(join(programs, INCOMING));
    try {
      const archive = await fetchProgram(update, { folder: incoming, signal });
      await rename(await unpacked(archive, { incoming, signal }), join(programs, folder));
    } finally {
      await rm(incoming, { recursive: true, force: true });
    }
  }
  return { version: update.version, integrity: update.integrity, entry: await entryOf(programs, folder, update) };
}

/** Of what no state names any more, and of what was cut short. */
export async function sweepPrograms(home: string, { current, trial, before }: Programs): Promise<void> {
  const kept = [current?.entry, trial?.program.entry, before?.program?.entry].map((it) => it?.split('/')[0]);
  const programs = programFolder(home);
  for (const entry of await readdir(programs, { withFileTypes: true }))
    if (entry.isDirectory() && !kept.includes(entry.name))
      await rm(join(programs, entry.name), { recursive: true, force: true });
}

/** The digest in its name as well: the same version may have been packed twice. */
function folderOf({ version, integrity }: Update): string {
  const digest = Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex');
  return `${version}-${digest.slice(0, 16)}`;
}

async function unpacked(
  archive: Buffer,
  { incoming, signal }: { incoming: string; signal: AbortSignal },
): Promise<string> {
  const [file, folder] = [join(incoming, 'archive.tgz'), join(incoming, 'unpacked')];
  await mkdir(folder);
  await writeFile(file, archive);
  try {
    await promisify(execFile)('tar', ['-xzf', file, '-C', folder], { signal });
  } catch (cause) {
    throw new UpdateError('infrastructure', `tar could not unpack it: ${(cause as Error).message}`, { cause });
  }
  await synced(folder);
  return folder;
}

/** The name that it gets counts only once the bytes are on the disk. */
async function synced(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = await open(join(entry.parentPath, entry.name), 'r+');
    await file.sync().finally(() => file.close());
  }
}

interface Manifest {
  readonly version?: unknown;
  readonly bin?: unknown;
  readonly dependencies?: unknown;
}

async function entryOf(programs: string, folder: string, { version }: Update): Promise<string> {
  const inside = `${folder}/package`;
  const manifest = await readManifest(join(programs, inside, 'package.json'));
  if (manifest.version !== version)
    throw new UpdateError('policy', `it is version ${String(manifest.version)}, not ${version}`);
  if (Object.keys(Object(manifest.dependencies)).length > 0)
    throw new UpdateError('policy', 'it needs other packages, and whether those are the right ones nobody could tell');
  const { gityard: bin } = Object(manifest.bin) as { gityard?: unknown };
  const path = typeof bin === 'string' ? normalize(bin).replaceAll('\\', '/') : '..';
  if (path.startsWith('..') || path.startsWith('/')) throw new UpdateError('policy', 'it holds no program gityard');
  return `${inside}/${path}`;
}

async function readManifest(path: string): Promise<Manifest> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Manifest;
  } catch (cause) {
    throw new UpdateError('policy', `it is no package: ${(cause as Error).message}`, { cause });
  }
}
