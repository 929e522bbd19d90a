/** The modules as a graph by their coordinates. The pom at the top is no project of it: it concerns all of them. */
import { posix } from 'node:path';
import { BuildError } from '../../build-error.ts';
import { inOrder, type Project, type ProjectGraph } from '../../graph/project-graph.ts';
import type { Module } from './modules.ts';

export function graphOf(all: readonly Module[], files: ReadonlySet<string>): ProjectGraph | null {
  const modules = all.filter(({ folder }) => folder !== '');
  // Two poms of one folder share their target folder; a name that Maven would read as more than a name fits no list.
  const isOdd = modules.some(({ folder }) => /^[-+!?]|[,:\s]/.test(folder));
  if (modules.length === 0 || isOdd || new Set(modules.map(({ folder }) => folder)).size < modules.length) return null;

  const lacking = modules.flatMap((it) => it.modules).find((pom) => !files.has(pom));
  if (lacking !== undefined) throw new BuildError('code', `a module is named whose ${lacking} does not exist`);
  const sorted = inOrder(modules.map((it) => project(it, { modules, files })));
  if (sorted.cycle.length > 0)
    throw new BuildError('code', `modules need each other in a circle: ${sorted.cycle.join(' → ')}`);
  return { projects: sorted.projects, shared: ['pom.xml', '.mvn'] };
}

interface Known {
  readonly modules: readonly Module[];
  readonly files: ReadonlySet<string>;
}

function project({ folder, pom, artifactId, needs }: Module, { modules, files }: Known): Project {
  const found = modules.filter((it) => it.folder !== folder && needs.some((need) => isMeant(need, it)));
  return {
    id: folder,
    name: artifactId === '' ? posix.basename(folder) : artifactId,
    folder,
    needs: found.map((it) => it.folder),
    outputs: [posix.join(folder, 'target')],
    isTest: testsIn(folder, files).length > 0,
    lockFiles: [pom],
  };
}

function isMeant(need: string, { groupId, artifactId }: Module): boolean {
  const [group, artifact] = need.split(':');
  return artifact === artifactId && (group === groupId || group === '*' || groupId === '*');
}

/** Sources of tests below a module, relative to where Surefire looks from. */
export function testsIn(folder: string, files: ReadonlySet<string>): readonly string[] {
  const top = `${posix.join(folder, 'src/test')}/`;
  return [...files]
    .filter((it) => it.startsWith(top) && /\.(java|kt|groovy|scala)$/.test(it))
    .map((it) => it.slice(top.length).split('/').slice(1).join('/'))
    .filter((it) => it !== '');
}
