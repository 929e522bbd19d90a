/**
 * Before anything is made in a kept workspace, what would be collected of an earlier build goes: a package of the version before
 * lies beside the new one otherwise, and nobody can tell them apart. What belongs to projects that are kept stays.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isBelow, matcherOf } from '../artifacts/pattern.ts';
import type { BuildContext } from '../build-context.ts';
import { ownerOf } from '../graph/project-graph.ts';
import { removeTree } from '../remove-tree.ts';
import type { Plan } from '../toolchains/toolchain.ts';
import { walk } from '../workspace-files.ts';
import type { Course } from './strategy.ts';

export async function clearOld(
  { lodging, folders, found }: BuildContext,
  { course, plan }: { readonly course: Course; readonly plan: Plan },
): Promise<void> {
  if (!lodging.kept?.record || course.isDone) return;
  await removeTree(folders.staging);
  await mkdir(folders.staging);
  const fits = plan.collect.filter(isBelow).map(matcherOf);
  if (fits.length === 0) return;
  for (const path of await walk(folders.source))
    if (!found.tree.has(path) && isMadeAnew(course, path) && fits.some((fit) => fit(path)))
      await rm(join(folders.source, path), { force: true });
}

function isMadeAnew({ scope }: Course, path: string): boolean {
  const owner = scope && ownerOf(scope.graph, path);
  return !owner || scope.build.includes(owner.id);
}
