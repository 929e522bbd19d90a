/**
 * Copies what a manifest names out of a store, and keeps a copy only when it has the digests that the manifest says. Writes
 * nowhere but below the folder that was given, and over nothing that is there and says otherwise.
 */
import { mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { Artifact } from '@gityard/domain';
import type { ObjectStore } from '../../stores/object-store.ts';
import { openRegularFile } from '../../workspace-files.ts';
import { ArtifactError } from '../artifact-error.ts';
import { copyAndHash } from '../copy-and-hash.ts';
import { type Digests, digestsOf, digestsOfFile } from '../digests.ts';
import { fetchPlaced, type PlacedManifest } from '../remote/fetch-placed.ts';
import { isInsidePath } from '../safe-path.ts';
import { otherDigests } from '../verify-folder.ts';

export interface Got {
  readonly copied: readonly string[];
  /** They were there before, with the same bytes. */
  readonly kept: readonly string[];
}

/** @param from a folder that holds them, or a store to which they were uploaded */
export async function getArtifacts(
  manifest: PlacedManifest,
  { from, to }: { from: string | ObjectStore; to: string },
): Promise<Got> {
  const { job, artifacts } = manifest;
  const unsafe = artifacts.find(({ path }) => !isInsidePath(path));
  if (unsafe)
    throw new ArtifactError(
      'INVALID_DATA',
      `the manifest of ${job} has a path that leads out: ${JSON.stringify(unsafe.path)}`,
    );
  await mkdir(to, { recursive: true });
  const [source, target] = [typeof from === 'string' ? await realpath(from) : from, await realpath(to)];
  const [copied, kept]: [string[], string[]] = [[], []];
  for (const artifact of artifacts) {
    const isThere = await holdsAlready(target, artifact);
    if (!isThere) await copy(artifact, { source, target, manifest });
    (isThere ? kept : copied).push(artifact.path);
  }
  return { copied, kept };
}

async function holdsAlready(target: string, artifact: Artifact): Promise<boolean> {
  const path = join(target, artifact.path);
  await mkdir(dirname(path), { recursive: true });
  const folder = await realpath(dirname(path));
  if (folder !== target && !folder.startsWith(target + sep))
    throw new ArtifactError('CONFLICT', `${dirname(path)} leads out of ${target}`, 'choose another folder with --out');
  const handle = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!handle) return false;
  try {
    if (otherDigests(artifact, await digestsOf(handle)).length === 0) return true;
    throw new ArtifactError(
      'CONFLICT',
      `${path} is there already, and is another file`,
      'choose another folder with --out',
    );
  } finally {
    await handle.close();
  }
}

interface Copying {
  readonly source: string | ObjectStore;
  readonly target: string;
  readonly manifest: PlacedManifest;
}

async function copy(artifact: Artifact, { source, target, manifest }: Copying): Promise<void> {
  const file = join(target, artifact.path);
  const bring = () =>
    typeof source === 'string' ? fromFolder(source, artifact, file) : fromStore(source, { artifact, manifest, file });
  // A beginning that another try left may be of other bytes: once more, from nothing.
  const isLeft = (await stat(`${file}.part`).catch(() => null)) !== null;
  const found = (await bring()) ?? (isLeft ? await bring() : null);
  if (found !== null) return;
  const where = typeof source === 'string' ? join(source, artifact.path) : `${artifact.path} in ${source.name}`;
  throw new ArtifactError('INVALID_DATA', `${where} is damaged: it has other digests`, 'build it again');
}

/** Null: what was brought is not what it should be, and is gone. */
async function fromFolder(source: string, artifact: Artifact, file: string): Promise<Digests | null> {
  const handle = await openRegularFile(source, artifact.path);
  if (!handle) throw isMissing(artifact, source);
  try {
    // Of somebody who was stopped here before.
    await rm(`${file}.part`, { force: true });
    const found = await copyAndHash(handle, file);
    if (otherDigests(artifact, found).length === 0) return found;
    await rm(file, { force: true });
    return null;
  } finally {
    await handle.close();
  }
}

interface Fetching {
  readonly artifact: Artifact;
  readonly manifest: PlacedManifest;
  readonly file: string;
}

async function fromStore(store: ObjectStore, { artifact, manifest, file }: Fetching): Promise<Digests | null> {
  const part = `${file}.part`;
  if (!(await fetchPlaced(store, manifest, { artifact, part }))) throw isMissing(artifact, store.name);
  const found = await digestsOfFile(part);
  if (otherDigests(artifact, found).length > 0) {
    await rm(part, { force: true });
    return null;
  }
  await rename(part, file);
  return found;
}

const isMissing = ({ path }: Artifact, where: string): ArtifactError =>
  new ArtifactError(
    'NOT_FOUND',
    `${JSON.stringify(path)} is not in ${where}`,
    'it was cleaned up, or lies on another machine',
  );
