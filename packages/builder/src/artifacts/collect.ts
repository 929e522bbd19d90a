/**
 * Gathers the files that a build made: everything in its artifacts folder, and what its toolchain or recipe names in
 * the checkout. What is not a plain file with a safe name stays behind, and is told so.
 */
import { type FileHandle, mkdir, open, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { BuildError } from '../build-error.ts';
import type { StoredArtifact } from '../contract.ts';
import { openRegularFile, walk } from '../workspace-files.ts';
import { contentTypeOf } from './content-type.ts';
import { copyAndHash } from './copy-and-hash.ts';
import { folderOf, hasWildcard, isBelow, matcherOf } from './pattern.ts';
import { isSafePath } from './safe-path.ts';
import { freeBytesAt } from './store/local-store.ts';
import { SUMS, sumsText } from './sums.ts';

export interface Collection {
  readonly artifacts: StoredArtifact[];
  /** What was not taken, and why; a line each. */
  readonly notes: string[];
}

interface Candidate {
  readonly root: string;
  readonly path: string;
}

/** So many, with names of such a length together, are a manifest that a yard reads: a file of at most a megabyte. */
const MAX_ARTIFACTS = 1_500;
const MAX_NAMES_BYTES = 100_000;

export interface CollectRequest {
  readonly staging: string;
  readonly source: string;
  readonly patterns: readonly string[];
  readonly target: string;
  check(): void;
  /** Why a file of that name is not to be taken; null: it is. */
  whyNot?(path: string): string | null;
  /** A folder of ours, of which everything is taken; what the build itself made under the same name goes first. */
  readonly own?: string | null;
}

export async function collect({
  staging,
  source,
  patterns,
  target,
  check,
  whyNot,
  own = null,
}: CollectRequest): Promise<Collection> {
  const made = own === null ? [] : await all(own);
  const candidates = [...(await all(staging)), ...(await matching(source, patterns))];
  candidates.push(...made.filter(({ path }) => !candidates.some((it) => it.path === path)));
  const namesBytes = candidates.reduce((sum, { path }) => sum + Buffer.byteLength(path), 0);
  if (candidates.length > MAX_ARTIFACTS || namesBytes > MAX_NAMES_BYTES)
    throw new BuildError(
      'code',
      `the build made ${candidates.length} artifacts with names of ${namesBytes} bytes; ${MAX_ARTIFACTS} and ${MAX_NAMES_BYTES} are the most: pack them into an archive`,
    );

  const taken = new Map<string, StoredArtifact>();
  const notes = patterns
    .filter((pattern) => !isBelow(pattern))
    .map((pattern) => `${JSON.stringify(pattern)} leads out of the repository and was ignored`);
  for (const candidate of candidates) {
    check();
    const result = whyNot?.(candidate.path) ?? (await take(candidate, target, taken));
    if (typeof result === 'string') notes.push(`${JSON.stringify(candidate.path)} was not collected: ${result}`);
    else taken.set(result.path, result);
  }
  const artifacts = [...taken.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  if (artifacts.length > 0) await writeSums(target, artifacts);
  return { artifacts, notes };
}

async function all(root: string): Promise<Candidate[]> {
  return (await walk(root)).map((path) => ({ root, path }));
}

async function matching(root: string, patterns: readonly string[]): Promise<Candidate[]> {
  const paths = new Set<string>();
  for (const pattern of patterns.filter(isBelow)) {
    for (const path of await pathsOf(root, pattern)) paths.add(path);
  }
  return [...paths].sort().map((path) => ({ root, path }));
}

async function pathsOf(root: string, pattern: string): Promise<string[]> {
  const found = (await walk(root, folderOf(pattern))).filter(matcherOf(pattern));
  // A plain path may be a file, and only folders can be walked; if it is missing, that is told when it is taken.
  return found.length > 0 || hasWildcard(pattern) ? found : [pattern.replace(/^\.\//, '')];
}

async function take(
  { root, path }: Candidate,
  target: string,
  taken: ReadonlyMap<string, StoredArtifact>,
): Promise<StoredArtifact | string> {
  if (!isSafePath(path)) return 'its name is not safe on every system';
  if (path === SUMS) return 'this name is kept for the list of digests';
  if (taken.has(path)) return 'another artifact has the same path';
  const source = await openRegularFile(root, path);
  if (!source) return 'it is missing, or not a plain file inside the workspace';
  try {
    const whyNot = await notForUs(source, { root, target });
    if (whyNot) return whyNot;
    const file = join(target, path);
    const digests = await copyAndHash(source, file);
    return { name: basename(path), path, contentType: contentTypeOf(path), ...digests, file };
  } finally {
    await source.close();
  }
}

/** A link to a file of somebody else's, or holes that would fill our disk: both are plain files to look at. */
async function notForUs(
  source: FileHandle,
  { root, target }: { root: string; target: string },
): Promise<string | null> {
  const [{ nlink, uid, size, blocks = 0 }, owner] = [await source.stat(), await stat(root)];
  if (nlink > 1 && uid !== owner.uid) return 'it is a hard link to a file of another user';
  const isSparse = size > blocks * 512;
  if (isSparse && size > (await freeBytesAt(target)) / 2)
    return `it is mostly holes, and its ${size} bytes would fill the disk`;
  return null;
}

/** In the form that `sha256sum -c SHA256SUMS` reads. */
async function writeSums(target: string, artifacts: readonly StoredArtifact[]): Promise<void> {
  await mkdir(target, { recursive: true });
  await writeFile(join(target, SUMS), sumsText(artifacts), { mode: 0o444, flush: true });
  // The names themselves must survive a power cut as well.
  const folder = await open(target);
  await folder.sync().finally(() => folder.close());
}
