/**
 * Copies what a manifest names out of a store, and keeps a copy only when it has the digests that the manifest says. Writes
 * nowhere but below the folder that was given, and over nothing that is there and says otherwise.
 */
import { mkdir, open, realpath, rm } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { Artifact, Manifest } from '@gityard/domain';
import { openRegularFile } from '../../workspace-files.ts';
import { ArtifactError } from '../artifact-error.ts';
import { copyAndHash } from '../copy-and-hash.ts';
import { digestsOf } from '../digests.ts';
import { isInsidePath } from '../safe-path.ts';
import { otherDigests } from '../verify-folder.ts';

export interface Got {
  readonly copied: readonly string[];
  /** They were there before, with the same bytes. */
  readonly kept: readonly string[];
}

export async function getArtifacts(
  { job, artifacts }: Pick<Manifest, 'job' | 'artifacts'>,
  { from, to }: { from: string; to: string },
): Promise<Got> {
  const unsafe = artifacts.find(({ path }) => !isInsidePath(path));
  if (unsafe)
    throw new ArtifactError(
      'INVALID_DATA',
      `the manifest of ${job} has a path that leads out: ${JSON.stringify(unsafe.path)}`,
    );
  await mkdir(to, { recursive: true });
  const [source, target] = [await realpath(from), await realpath(to)];
  const [copied, kept]: [string[], string[]] = [[], []];
  for (const artifact of artifacts) {
    const isThere = await holdsAlready(target, artifact);
    if (!isThere) await copy(artifact, { source, target });
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

async function copy(artifact: Artifact, { source, target }: { source: string; target: string }): Promise<void> {
  const { path } = artifact;
  const handle = await openRegularFile(source, path);
  if (!handle)
    throw new ArtifactError(
      'NOT_FOUND',
      `${JSON.stringify(path)} is not in ${source}`,
      'it was cleaned up, or lies on another machine',
    );
  try {
    const file = join(target, path);
    // Of somebody who was stopped here before.
    await rm(`${file}.part`, { force: true });
    const other = otherDigests(artifact, await copyAndHash(handle, file));
    if (other.length === 0) return;
    await rm(file, { force: true });
    throw new ArtifactError(
      'INVALID_DATA',
      `${join(source, path)} is damaged: it has another ${other.join(', ')}`,
      'build it again',
    );
  } finally {
    await handle.close();
  }
}
