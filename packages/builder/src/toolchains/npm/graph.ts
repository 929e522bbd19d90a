/**
 * The workspaces of a repository as a graph by their names. Where the scripts at the top do what those of the workspaces do
 * not, or where workspaces need each other in a circle (which npm allows), there is no graph: it is one whole.
 */
import { posix } from 'node:path';
import { inOrder, type Project, type ProjectGraph } from '../../graph/project-graph.ts';
import { type PackageFile, scriptOf } from './package-file.ts';
import type { Packages } from './workspaces.ts';

const LOCK_FILES = ['npm-shrinkwrap.json', 'package-lock.json', 'pnpm-lock.yaml', 'yarn.lock'];
/** What lies at the top and still concerns nobody. */
const CONCERNS_NOBODY =
  /^(readme|changelog|contributing|license|licence|notice|code_of_conduct|security)\b|\.md$|^\.(git|github)/i;

export function graphOf({ root, workspaces }: Packages, names: readonly string[]): ProjectGraph | null {
  if (workspaces.length === 0 || (['build', 'test'] as const).some((it) => isOnlyAtTheTop({ root, workspaces }, it)))
    return null;
  if (workspaces.some((it) => /^-|[\s,]/.test(it.folder))) return null;

  const byName = new Map(workspaces.flatMap((it) => (it.name === null ? [] : [[it.name, it.folder] as const])));
  const lockFiles = LOCK_FILES.filter((it) => names.includes(it));
  const sorted = inOrder(workspaces.map((it) => project(it, { byName, lockFiles })));
  if (sorted.cycle.length > 0) return null;
  const folders = new Set(workspaces.map(({ folder }) => folder.split('/')[0]));
  return {
    projects: sorted.projects,
    shared: names.filter((it) => it.includes('.') && !CONCERNS_NOBODY.test(it) && !folders.has(it) && !isMade(it)),
  };
}

const isMade = (name: string): boolean => /\.tsbuildinfo$/.test(name);

/** Such a script goes over all of them in a way of its own. */
function isOnlyAtTheTop({ root, workspaces }: Packages, name: 'build' | 'test'): boolean {
  return scriptOf(root, name) !== undefined && workspaces.every((it) => scriptOf(it, name) === undefined);
}

interface Known {
  readonly byName: ReadonlyMap<string, string>;
  readonly lockFiles: readonly string[];
}

function project(file: PackageFile, { byName, lockFiles }: Known): Project {
  const needs = file.needs.flatMap((name) => byName.get(name) ?? []).filter((folder) => folder !== file.folder);
  return {
    id: file.folder,
    name: file.name ?? posix.basename(file.folder),
    folder: file.folder,
    needs: [...new Set(needs)],
    outputs: file.outputs.map((it) => posix.join(file.folder, it)),
    isTest: scriptOf(file, 'test') !== undefined,
    lockFiles: lockFiles.length > 0 ? lockFiles : [posix.join(file.folder, 'package.json')],
  };
}
