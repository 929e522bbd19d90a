/**
 * Everything from nothing: a checkout of its own, no caches, no home that another build has seen. Outputs that somebody put into
 * the repository are removed before anything runs, so that the same commit gives the same bytes.
 */
import { join } from 'node:path';
import type { ProjectGraph } from '../graph/project-graph.ts';
import { removeTree } from '../remove-tree.ts';
import { allInWords, allOf, type StrategyRules } from './strategy.ts';

/** Folders that hold outputs by their very names; others may hold sources as well. */
const OUTPUTS = /(^|\/)(bin|obj)$/;

export const clean: StrategyRules = {
  name: 'Clean',
  lodging: 'clean',
  async prepare(site) {
    const found = outputsIn(site.graph).filter((folder) => holdsSome(site.tree.keys(), folder));
    // Git has written this folder, and nobody else has been in it yet.
    for (const folder of found) await removeTree(join(site.ground.source, folder));
    if (found.length > 0) await site.tell(`removed from the checkout, because builds make them: ${found.join(', ')}`);
    return allOf(`${allInWords(site.graph)} built from nothing`);
  },
};

const outputsIn = (graph: ProjectGraph | null): readonly string[] =>
  (graph?.projects ?? []).flatMap(({ outputs }) => outputs.filter((it) => OUTPUTS.test(it)));

function holdsSome(paths: Iterable<string>, folder: string): boolean {
  for (const path of paths) if (path.startsWith(`${folder}/`)) return true;
  return false;
}
