/**
 * What a project is made of, as names and digests, and the key that all of it together gives (R107, R123). Everything comes
 * from the tree of the commit, so nothing is read; what a project needs goes in by key, so a change travels as far as it must.
 */
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { matcherOf } from '../artifacts/pattern.ts';
import type { Project, ProjectGraph } from '../graph/project-graph.ts';
import type { Tree } from '../source/tree.ts';
import { ownersOf } from './changes.ts';

export type Inputs = Readonly<Record<string, string>>;

export interface Keyed {
  readonly project: Project;
  readonly inputs: Inputs;
  /** `<project>:<configuration>:<inputs>`, the last two as digests. */
  readonly key: string;
}

export interface Made {
  readonly graph: ProjectGraph;
  readonly tree: Tree;
  readonly basis: Inputs;
}

/** An entry names each of its inputs, and has to stay small: beyond so many files they are told by folder, then as one. */
const MOST_NAMED = 400;

/** Keys of all projects, in the order of the graph. */
export function keyedProjects({ graph, tree, basis }: Made): readonly Keyed[] {
  const sources = sourcesOf(graph, tree);
  const keys = new Map<string, string>();
  return graph.projects.map((project) => {
    const needs = project.needs.map((id) => [`dependency ${id}`, keys.get(id) ?? 'unknown'] as const);
    const files = named(sources.get(project.id) ?? new Map());
    const inputs: Inputs = { ...basis, ...files, ...Object.fromEntries(needs), outputs: project.outputs.join(' ') };
    const key = `${safeName(project.name)}:${digest(basis).slice(0, 16)}:${digest(inputs)}`;
    keys.set(project.id, key);
    return { project, inputs, key };
  });
}

/** Of each project its own files, those that all share, and its lock files wherever they lie. */
function sourcesOf(graph: ProjectGraph, tree: Tree): ReadonlyMap<string, Map<string, string>> {
  const sources = new Map(graph.projects.map(({ id }) => [id, new Map<string, string>()]));
  const isShared = anyOf(graph.shared);
  for (const [path, { mode, blob }] of tree) {
    const owners = isShared(path) ? [...sources.keys()] : ownersOf(graph, path);
    for (const id of owners) sources.get(id)?.set(path, `${mode} ${blob}`);
  }
  for (const { id, lockFiles } of graph.projects) {
    for (const path of lockFiles) {
      const file = tree.get(path);
      if (file) sources.get(id)?.set(path, `${file.mode} ${file.blob}`);
    }
  }
  return sources;
}

const anyOf = (patterns: readonly string[]) => {
  const fits = patterns.map(matcherOf);
  return (path: string) => fits.some((fit) => fit(path));
};

function named(files: ReadonlyMap<string, string>): Inputs {
  if (files.size <= MOST_NAMED) return prefixed('source', files);
  const folders = new Map<string, string[]>();
  for (const [path, blob] of files) {
    const folder = dirname(path);
    folders.set(folder, [...(folders.get(folder) ?? []), `${path} ${blob}`]);
  }
  const digests = new Map([...folders].map(([folder, rows]) => [folder, digestOf(JSON.stringify(rows.sort()))]));
  return digests.size <= MOST_NAMED ? prefixed('folder', digests) : { sources: digest(Object.fromEntries(files)) };
}

const prefixed = (word: string, values: ReadonlyMap<string, string>): Inputs =>
  Object.fromEntries([...values].map(([name, value]) => [`${word} ${name}`, value]));

function digest(inputs: Inputs): string {
  const rows = Object.entries(inputs).sort(([a], [b]) => (a < b ? -1 : 1));
  return digestOf(JSON.stringify(rows));
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const safeName = (name: string): string => name.replaceAll(/[^A-Za-z0-9._-]+/g, '-').slice(0, 80) || 'project';
