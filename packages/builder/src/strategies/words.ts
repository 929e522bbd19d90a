/** How strategies speak of projects: names, and not more of them than a line takes. */
import type { ProjectGraph } from '../graph/project-graph.ts';

const MOST_NAMES = 8;

export function namesOf({ projects }: ProjectGraph, ids: ReadonlySet<string>): string {
  return listed(projects.filter(({ id }) => ids.has(id)).map(({ name }) => name));
}

export function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(', ')} and ${more} more` : names.join(', ');
}

export const shortCommit = (commit: string): string => commit.slice(0, 10);
