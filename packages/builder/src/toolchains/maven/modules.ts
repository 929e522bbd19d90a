/** The modules of a Maven project, from the pom at its top down. Those that only a profile adds are not among them. */
import { posix } from 'node:path';
import { readText } from '../../workspace-files.ts';
import { childOf, type Element, readXmlTree, textAt } from '../xml-tree.ts';

export interface Module {
  /** Below the checkout; '' is its top. */
  readonly folder: string;
  readonly pom: string;
  readonly groupId: string;
  readonly artifactId: string;
  /** `group:artifact` of whatever has to be there first; the group may be "*", where the pom leaves it open. */
  readonly needs: readonly string[];
  readonly modules: readonly string[];
}

const MOST_MODULES = 2_000;

/** Each once, the top first. Empty: there is no pom that can be read. */
export async function readModules(source: string): Promise<readonly Module[]> {
  const found = new Map<string, Module>();
  const waiting = ['pom.xml'];
  for (let pom = waiting.pop(); pom !== undefined && found.size < MOST_MODULES; pom = waiting.pop()) {
    if (found.has(pom)) continue;
    const module = await readModule(source, pom);
    if (!module) continue;
    found.set(pom, module);
    waiting.push(...module.modules.toReversed());
  }
  return [...found.values()];
}

async function readModule(source: string, pom: string): Promise<Module | null> {
  const text = await readText(source, pom);
  const root = text === null ? null : await readXmlTree(text);
  if (root?.name !== 'project') return null;
  const folder = posix.dirname(pom) === '.' ? '' : posix.dirname(pom);
  const parent = childOf(root, 'parent');
  const groupId = textAt(root, 'groupId') ?? textAt(parent, 'groupId') ?? '*';
  const words = (element: Element) => coordinates(element, { groupId, parent: textAt(parent, 'groupId') ?? groupId });
  const dependencies = [childOf(root, 'dependencies'), childOf(childOf(root, 'dependencyManagement'), 'dependencies')];
  const build = childOf(root, 'build');
  const lists = [...dependencies, childOf(build, 'plugins'), childOf(build, 'extensions')];
  return {
    folder,
    pom,
    groupId,
    artifactId: textAt(root, 'artifactId') ?? '',
    needs: [...(parent ? [words(parent)] : []), ...lists.flatMap((list) => (list?.children ?? []).map(words))],
    modules: (childOf(root, 'modules')?.children ?? []).flatMap(({ text: name }) => pomOf(folder, name.trim())),
  };
}

/** A module is a folder with a pom, or a pom of another name. What lies outside of the checkout is not read. */
function pomOf(folder: string, name: string): readonly string[] {
  if (name === '') return [];
  const path = posix.join(folder, name.replaceAll('\\', '/'));
  if (path.startsWith('..') || path.startsWith('/')) return [];
  return [path.endsWith('.xml') ? path : posix.join(path, 'pom.xml')];
}

function coordinates(element: Element, { groupId, parent }: { groupId: string; parent: string }): string {
  const group = (textAt(element, 'groupId') ?? 'org.apache.maven.plugins')
    .replaceAll(/\$\{(project\.|pom\.)?groupId\}/g, groupId)
    .replaceAll(/\$\{(project\.)?parent\.groupId\}/g, parent);
  return `${group.includes('$') ? '*' : group}:${textAt(element, 'artifactId') ?? ''}`;
}
