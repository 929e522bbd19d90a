/** What a .NET build is over: a solution or a project, and the paths of the projects that it lists. */
import { posix } from 'node:path';
import { BuildError } from '../../build-error.ts';
import { readText } from '../../workspace-files.ts';
import type { Ground } from '../toolchain.ts';
import { pathIn } from '../words.ts';
import { readXmlTree, within } from '../xml-tree.ts';

export const SOLUTION = /\.slnx?$/i;
export const PROJECT = /\.(cs|fs|vb)proj$/i;

/** The job's own choice, else a solution, else a project. */
export function targetOf({ names, parameters }: Pick<Ground, 'names' | 'parameters'>): string {
  const named = pathIn(parameters, 'solutionPath');
  if (named !== undefined) return named;
  const target = names.find((name) => SOLUTION.test(name)) ?? names.find((name) => PROJECT.test(name));
  if (target) return `./${target}`;
  throw new BuildError(
    'code',
    'no solution or project lies at the top of the repository; name one with the parameter solutionPath',
  );
}

export interface Listed {
  readonly path: string;
  /** Below the checkout; those of kinds that we do not know as well. */
  readonly projects: readonly string[];
}

/** Without the solution at hand there is nothing listed: the tool will say so itself. */
export async function readTarget(source: string, target: string): Promise<Listed> {
  const path = posix.normalize(target);
  if (!SOLUTION.test(path)) return { path, projects: [path] };
  const text = (await readText(source, path)) ?? '';
  const listed = /\.slnx$/i.test(path) ? await projectsOfSlnx(text) : projectsOfSln(text);
  const projects = listed.map((it) => posix.join(posix.dirname(path), it.replaceAll('\\', '/')));
  return { path, projects: [...new Set(projects)] };
}

async function projectsOfSlnx(text: string): Promise<readonly string[]> {
  const root = await readXmlTree(text);
  if (!root) return [];
  return within(root).flatMap((it) => (it.name === 'Project' && it.attributes.Path ? [it.attributes.Path] : []));
}

/** Folders of a solution stand among its projects, but are no files. */
function projectsOfSln(text: string): readonly string[] {
  const lines = text.matchAll(/^\s*Project\("\{[^"}]*\}"\)\s*=\s*"[^"]*"\s*,\s*"([^"]*proj)"/gim);
  return [...lines].map(([, path = '']) => path);
}
