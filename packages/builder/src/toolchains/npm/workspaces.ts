/** The packages of a repository: the one at its top, and those that it or pnpm's own file names by patterns. */
import { posix } from 'node:path';
import { hasWildcard, isBelow, matcherOf } from '../../artifacts/pattern.ts';
import { BuildError } from '../../build-error.ts';
import { readText, walk } from '../../workspace-files.ts';
import { type PackageFile, readPackageFile } from './package-file.ts';

export interface Packages {
  readonly root: PackageFile;
  readonly workspaces: readonly PackageFile[];
}

const MOST_PACKAGES = 2_000;

export async function readPackages(source: string): Promise<Packages> {
  const root = await readPackageFile(source, '');
  const patterns = [...root.workspaces, ...(await pnpmPatterns(source))].map((it) => it.replace(/^\.\//, ''));
  if (patterns.length === 0) return { root, workspaces: [] };
  const folders = (await walk(source)).filter((it) => it.endsWith('/package.json')).map((it) => posix.dirname(it));
  const found = folders.filter(chosenBy(patterns)).slice(0, MOST_PACKAGES);
  return { root, workspaces: await Promise.all(found.map((folder) => readPackageFile(source, folder))) };
}

/** Later patterns win, and one with "!" takes away. A pattern without stars is a folder, and not what lies in it. */
function chosenBy(patterns: readonly string[]): (folder: string) => boolean {
  const rules = patterns
    .map((it) => ({ takesAway: it.startsWith('!'), pattern: it.replace(/^!\.?\/?/, '').replace(/\/+$/, '') }))
    .filter(({ pattern }) => pattern !== '' && isBelow(pattern))
    .map(({ takesAway, pattern }) => ({
      takesAway,
      fits: hasWildcard(pattern) ? matcherOf(pattern) : sameAs(pattern),
    }));
  return (folder) => rules.reduce((chosen, { takesAway, fits }) => (fits(folder) ? !takesAway : chosen), false);
}

const sameAs = (pattern: string) => (folder: string) => folder === posix.normalize(pattern);

async function pnpmPatterns(source: string): Promise<readonly string[]> {
  const text = await readText(source, 'pnpm-workspace.yaml');
  if (text === null) return [];
  const { parse } = await import('yaml');
  try {
    const value = parse(text.slice(0, 256 * 1024), { maxAliasCount: 20 }) as { packages?: unknown } | null;
    const patterns = value?.packages;
    return Array.isArray(patterns) ? patterns.filter((it) => typeof it === 'string') : [];
  } catch (error) {
    throw new BuildError('code', `pnpm-workspace.yaml cannot be read: ${(error as Error).message.split('\n')[0]}`);
  }
}
