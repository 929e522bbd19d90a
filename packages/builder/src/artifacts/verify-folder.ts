/** Whether a folder holds what a manifest says, and nothing else: each difference by its name. */

import { lstat, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifact } from '@gityard/domain';
import { openRegularFile } from '../workspace-files.ts';
import { type Digests, digestsOf } from './digests.ts';
import { pathsBelow } from './measure-folder.ts';
import { isInsidePath } from './safe-path.ts';

export interface Difference {
  readonly path: string;
  readonly what: 'missing' | 'extra' | 'size' | 'checksum' | 'not-a-file' | 'unsafe-path';
  /** Of `checksum`: which of them differ. */
  readonly digests: readonly string[];
  readonly text: string;
}

export interface Verified {
  readonly ok: boolean;
  readonly verified: number;
  readonly differences: readonly Difference[];
}

/** @param leaveOut paths that are there and are no artifacts */
export async function verifyFolder(
  { artifacts }: { readonly artifacts: readonly Artifact[] },
  folder: string,
  leaveOut: readonly string[] = [],
): Promise<Verified> {
  const root = await realpath(folder);
  const differences: Difference[] = [];
  for (const artifact of artifacts) differences.push(...(await differenceOf(root, artifact)));
  const known = new Set([...artifacts.map(({ path }) => path), ...leaveOut]);
  const extra = (await pathsBelow(root)).filter((path) => !known.has(path));
  return verifiedOf(artifacts, differences, extra);
}

/** @param differences of the artifacts, at most one each */
export function verifiedOf(
  artifacts: readonly Artifact[],
  differences: readonly Difference[],
  extra: readonly string[],
): Verified {
  const all = [...differences, ...extra.map((path) => different(path, 'extra', 'is not in the manifest'))];
  return { ok: all.length === 0, verified: artifacts.length - differences.length, differences: all };
}

export const UNSAFE = 'leads out of the folder, and was not looked at';

async function differenceOf(root: string, artifact: Artifact): Promise<Difference[]> {
  const { path } = artifact;
  if (!isInsidePath(path)) return [different(path, 'unsafe-path', UNSAFE)];
  const handle = await openRegularFile(root, path);
  if (!handle) {
    const isThere = await lstat(join(root, path)).then(
      () => true,
      () => false,
    );
    return [isThere ? different(path, 'not-a-file', 'is no plain file') : different(path, 'missing', 'is missing')];
  }
  try {
    return differenceIn(artifact, await digestsOf(handle));
  } finally {
    await handle.close();
  }
}

export function differenceIn(artifact: Artifact, found: Digests): Difference[] {
  const { path, sizeBytes } = artifact;
  if (found.sizeBytes !== sizeBytes) return [different(path, 'size', `has ${found.sizeBytes} bytes, not ${sizeBytes}`)];
  const digests = otherDigests(artifact, found);
  return digests.length === 0 ? [] : [{ ...different(path, 'checksum', `has another ${digests.join(', ')}`), digests }];
}

export const otherDigests = (artifact: Artifact, found: Digests): readonly string[] =>
  (['md5', 'sha256', 'sha512'] as const).filter((name) => artifact[name] !== null && artifact[name] !== found[name]);

export const different = (path: string, what: Difference['what'], text: string): Difference => ({
  path,
  what,
  digests: [],
  text: `${JSON.stringify(path)} ${text}`,
});
