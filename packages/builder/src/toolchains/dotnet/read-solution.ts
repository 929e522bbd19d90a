/**
 * Reads a solution with all of its projects, and those that they refer to: each together with the `Directory.Build.*` files that
 * MSBuild puts around it. Nothing is run, and nothing is judged: a solution may be read that could not be built.
 */
import { posix } from 'node:path';
import { readText, walk } from '../../workspace-files.ts';
import type { Ground } from '../toolchain.ts';
import { type ProjectText, type Reference, readProjectText } from './project-file.ts';
import { PROJECT, readTarget, targetOf } from './target.ts';

export interface DotnetProject {
  /** Below the checkout: its id. */
  readonly path: string;
  readonly name: string;
  readonly folder: string;
  readonly texts: readonly ProjectText[];
  readonly references: readonly Reference[];
  readonly packages: ReadonlySet<string>;
  readonly isTest: boolean;
  /** The value of a property, whichever file sets it; the last one counts. */
  property(name: string): string | undefined;
}

export interface Solution {
  /** As tools are told of it. */
  readonly target: string;
  readonly path: string;
  /** What it lists and is no project that we can read: of another kind, or not there. */
  readonly unread: readonly string[];
  readonly projects: readonly DotnetProject[];
  /** Every file of the checkout. */
  readonly files: ReadonlySet<string>;
}

const MOST_PROJECTS = 2_000;

export async function readSolution(ground: Pick<Ground, 'source' | 'names' | 'parameters'>): Promise<Solution> {
  const target = targetOf(ground);
  const [{ path, projects: listed }, paths] = await Promise.all([
    readTarget(ground.source, target),
    walk(ground.source),
  ]);
  const files = new Set(paths);
  const read = new Map<string, DotnetProject>();
  const unread: string[] = [];
  const waiting = [...listed].reverse();
  for (let next = waiting.pop(); next !== undefined && read.size < MOST_PROJECTS; next = waiting.pop()) {
    if (read.has(next)) continue;
    const project = PROJECT.test(next) ? await readProject(ground.source, { path: next, files }) : null;
    if (!project) {
      if (listed.includes(next)) unread.push(next);
      continue;
    }
    read.set(next, project);
    waiting.push(...project.references.flatMap((it) => (it.path === null ? [] : [it.path])));
  }
  return { target, path, unread: [...new Set(unread)], projects: [...read.values()], files };
}

interface Where {
  readonly path: string;
  readonly files: ReadonlySet<string>;
}

async function readProject(source: string, { path, files }: Where): Promise<DotnetProject | null> {
  if (!files.has(path)) return null;
  const folder = posix.dirname(path) === '.' ? '' : posix.dirname(path);
  const around = (name: string) =>
    aboveAndHere(folder)
      .map((it) => posix.join(it, name))
      .filter((it) => files.has(it));
  const parts = [...around('Directory.Build.props'), path, ...around('Directory.Build.targets')];
  const texts: ProjectText[] = [];
  let properties: ReadonlyMap<string, string> = new Map([['msbuildprojectname', posix.parse(path).name]]);
  for (const part of parts) {
    const here = posix.dirname(part) === '.' ? '' : posix.dirname(part);
    const text = await readProjectText((await readText(source, part)) ?? '', {
      folder: here,
      project: folder,
      properties,
    });
    if (!text && part === path) return null;
    if (text) {
      texts.push(text);
      properties = text.properties;
    }
  }
  return projectOf({ path, folder, texts });
}

function projectOf({ path, folder, texts }: Pick<DotnetProject, 'path' | 'folder' | 'texts'>): DotnetProject {
  const values = texts.at(-1)?.properties;
  const property = (name: string) => values?.get(name.toLowerCase());
  const packages = new Set(texts.flatMap((it) => it.packages.map((id) => id.toLowerCase())));
  return {
    path,
    name: posix.parse(path).name,
    folder,
    texts,
    references: texts.flatMap((it) => it.references),
    packages,
    isTest: isTest({ property, packages, texts }),
    property,
  };
}

function isTest({ property, packages, texts }: Pick<DotnetProject, 'property' | 'packages' | 'texts'>): boolean {
  const said = property('IsTestProject')?.toLowerCase();
  if (said !== undefined) return said === 'true';
  return packages.has('microsoft.net.test.sdk') || texts.some(({ sdk }) => /^MSTest\.Sdk\b/i.test(sdk));
}

/** All folders from the top down to this one. */
export function aboveAndHere(folder: string): readonly string[] {
  const parts = folder === '' ? [] : folder.split('/');
  return ['', ...parts.map((_, at) => parts.slice(0, at + 1).join('/'))];
}
