/**
 * What a change concerns: which projects have to be built anew when these files differ, and whether packages have to be
 * restored. Pure, and rather too much than too little: what nobody owns and nobody shares concerns nothing.
 */
import { matcherOf } from '../artifacts/pattern.ts';
import { ownerOf, type ProjectGraph } from '../graph/project-graph.ts';

export interface Concerned {
  /** Ids of the projects that changed themselves. */
  readonly projects: ReadonlySet<string>;
  /** The first file that concerns all of them. */
  readonly shared: string | null;
  readonly packages: boolean;
}

/** What says how everything is built. */
const RECIPES = new Set(['gityard.json', 'gityard.yml', 'gityard.yaml']);
/** Where packages are named, whatever the toolchain. */
const NAMES_PACKAGES =
  /(^|\/)(package\.json|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|pnpm-workspace\.yaml|yarn\.lock|\.npmrc|\.yarnrc(\.yml)?|pom\.xml|packages\.lock\.json|packages\.config|nuget\.config|global\.json)$|\.(cs|fs|vb)proj$|\.props$|\.targets$/i;

export function concernedBy(graph: ProjectGraph, paths: readonly string[], sharedBefore: readonly string[]): Concerned {
  const locks = new Set(graph.projects.flatMap(({ lockFiles }) => lockFiles));
  const isShared = anyOf([...graph.shared, ...sharedBefore]);
  const shared = paths.find((path) => RECIPES.has(path) || isShared(path)) ?? null;
  const owners = paths.flatMap((path) => ownersOf(graph, path));
  return {
    projects: new Set(shared === null ? owners : graph.projects.map(({ id }) => id)),
    shared,
    packages: paths.some((path) => locks.has(path) || NAMES_PACKAGES.test(path) || isShared(path)),
  };
}

export function ownersOf(graph: ProjectGraph, path: string): readonly string[] {
  const linked = graph.projects.filter(({ extraInputs = [] }) => anyOf(extraInputs)(path)).map(({ id }) => id);
  const owner = ownerOf(graph, path);
  return owner && !linked.includes(owner.id) ? [owner.id, ...linked] : linked;
}

function anyOf(patterns: readonly string[]): (path: string) => boolean {
  const exact = new Set(patterns);
  const fits = patterns.filter((it) => it !== '').map(matcherOf);
  return (path) => exact.has(path) || fits.some((fit) => fit(path));
}
