/**
 * Packages of a build by what fixes them (R124): after a Restore that succeeded, builds of trusted refs keep the package folder
 * of their tool in the cache, under the digest of the lock files; a home that is empty begins with what was kept for the same.
 * Tools go on checking and fetching as ever: what is brought only saves them the way. Whatever goes wrong here changes nothing.
 */
import { createHash } from 'node:crypto';
import { chown, lstat, mkdir, readdir, rename, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Toolchain } from '@gityard/domain';
import { digestsOf } from '../artifacts/digests.ts';
import type { BuildContext } from '../build-context.ts';
import type { CacheAccess, CachedFile } from '../cache/build-cache.ts';
import { cacheFiles } from '../cache/sweep-folder.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { removeTree } from '../remove-tree.ts';
import { openRegularFile, readText, walk } from '../workspace-files.ts';
import { isTrusted, markUsed } from './home-of.ts';

interface PackageFolder {
  /** Below the home. */
  readonly folder: string;
  /** Files that fix which packages there are; of several sorts the first that is there. */
  readonly fixedBy: readonly RegExp[];
}

const FOLDERS: Partial<Record<Toolchain, PackageFolder>> = {
  dotnet: {
    folder: '.nuget/packages',
    fixedBy: [/(^|\/)packages\.lock\.json$/, /\.(cs|fs|vb)proj$|(^|\/)Directory\.Packages\.props$/i],
  },
  npm: { folder: '.npm/_cacache', fixedBy: [/(^|\/)(package-lock|npm-shrinkwrap)\.json$/] },
  maven: { folder: '.m2/repository', fixedBy: [/(^|\/)pom\.xml$/] },
};
const MOST_FILES = 20_000;
const MOST_BYTES = 2 * 1024 ** 3;
const NAMES: Partial<Record<Toolchain, string>> = { dotnet: 'nuget' };

interface Packages {
  readonly access: CacheAccess;
  readonly key: string;
  readonly project: string;
  /** The files that the key is made of, by their digests. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly folder: string;
}

export async function bringPackages(build: BuildContext): Promise<void> {
  await markUsed(build.folders.home);
  const packages = await packagesOf(build);
  if (!packages || (await readdir(packages.folder).catch(() => [])).length > 0) return;
  await oneAtATime(packages.folder, () => bring(build, packages));
}

/** As a whole, so that a tool never finds a package of which a part is missing. */
async function bring(build: BuildContext, { access, key, project, folder }: Packages): Promise<void> {
  // Of another lock file most are the same.
  const entry = (await access.cache.find(access.scope, key)) ?? (await access.cache.latest(access.scope, project));
  if (!entry) return;
  const { home, id } = build.folders;
  const incoming = join(home, `.incoming-${id}`);
  try {
    if (!(await makeOwned(home, incoming)) || !(await makeOwned(home, dirname(folder)))) return;
    if (!(await access.cache.restore(entry, incoming))) return;
    await rename(incoming, folder);
    build.note('info', `${entry.files.length} files of packages came from the cache`);
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
  } finally {
    await removeTree(incoming);
  }
}

/** Makes folders below the home that belong to whom the home belongs; false: something else is in their place. */
async function makeOwned(home: string, folder: string): Promise<boolean> {
  const owner = await stat(home);
  const parts = relative(home, folder).split(sep);
  for (const [at] of parts.entries()) {
    const path = join(home, ...parts.slice(0, at + 1));
    const status = await lstat(path).catch(() => null);
    if (status && !status.isDirectory()) return false;
    if (status) continue;
    await mkdir(path);
    if (process.getuid?.() === 0) await chown(path, owner.uid, owner.gid);
  }
  return true;
}

export async function keepPackages(build: BuildContext): Promise<void> {
  const packages = isTrusted(build.request) ? await packagesOf(build) : null;
  if (!packages) return;
  const { access, key, project, inputs, folder } = packages;
  if (await access.cache.find(access.scope, key)) return;
  const files = await filesOf(folder);
  if (!files || files.length === 0) return;
  const { agent, job } = build.request;
  const by = { agent, branch: job.branch, commit: build.found.commit };
  const entry = { project, inputs, files, tests: null, seconds: 0, createdAt: new Date().toISOString(), by };
  await access.cache.keep({ scope: access.scope, key, entry, folder });
}

/** Null: nothing is remembered for this build, or nothing fixes its packages. */
async function packagesOf({ request, folders, found }: BuildContext): Promise<Packages | null> {
  const { job, cache: access } = request;
  const known = found.toolchain === null ? undefined : FOLDERS[found.toolchain];
  if (!access || !known || found.toolchain === null || job.noCache || job.strategy === 'Clean') return null;
  const paths = await walk(folders.source);
  const fixed = known.fixedBy.map((it) => paths.filter((path) => it.test(path))).find((it) => it.length > 0) ?? [];
  if (fixed.length === 0) return null;
  const digests = fixed.map(async (path) => [path, digestOf((await readText(folders.source, path)) ?? '')] as const);
  const inputs = Object.fromEntries(await Promise.all(digests));
  const project = `${NAMES[found.toolchain] ?? found.toolchain}:packages`;
  return {
    access,
    project,
    inputs,
    key: `${project}:${digestOf(JSON.stringify(inputs))}`,
    folder: join(folders.home, known.folder),
  };
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Null: too much to be copied for every build that begins. All of it or nothing: tools take what is there for complete. */
async function filesOf(folder: string): Promise<CachedFile[] | null> {
  const files: CachedFile[] = [];
  let bytes = 0;
  for await (const { place, sizeBytes: size } of cacheFiles(folder)) {
    bytes += size;
    if (files.length >= MOST_FILES || bytes > MOST_BYTES) return null;
    const path = place.join('/');
    const handle = await openRegularFile(folder, path);
    if (!handle) return null;
    try {
      const { mode } = await handle.stat();
      const { sizeBytes, sha256 } = await digestsOf(handle);
      files.push({ path, sizeBytes, sha256, executable: (mode & 0o111) !== 0 });
    } finally {
      await handle.close();
    }
  }
  return files;
}
