/**
 * Where the workflows of a yard go: into the folder from which people commit, and those that listen to the state branch onto it
 * as well. A host may refuse the latter, since a token needs a right of its own to push workflows: then people do it.
 */
import { relative, sep } from 'node:path';
import { addFiles, type Refs } from '@gityard/yard';
import type { Access } from '../start/access.ts';
import { currentRepository } from '../start/current-repository.ts';
import { fileOf, WORKFLOWS } from './list.ts';
import { ownPackage } from './own-package.ts';
import { renderWorkflow, type WorkflowSettings } from './render-workflow.ts';
import { type WrittenFile, writeWorkflows } from './write-workflows.ts';

export interface PlaceWorkflows {
  readonly cwd: string;
  /** The folder of the page. */
  readonly pages: string;
  readonly address: string;
  readonly access: Access;
  readonly refs: Refs;
  readonly actor: string;
}

export interface PlacedWorkflows {
  readonly folder: string;
  readonly files: readonly WrittenFile[];
  readonly onState: readonly string[];
  /** They know the program that they need, and where to get it. */
  readonly pinned: boolean;
  /** Why none could be put onto the state branch. */
  readonly trouble: string | null;
}

/** The top of the repository that one stands in: nowhere else does a host look for workflows. */
async function workflowFolder(cwd: string): Promise<string> {
  return (await currentRepository(cwd, ['refs/none']))?.folder ?? cwd;
}

export async function placeWorkflows(asked: PlaceWorkflows): Promise<PlacedWorkflows> {
  const { cwd, pages, refs } = asked;
  const folder = await workflowFolder(cwd);
  const inside = relative(folder, pages).split(sep).join('/');
  const docs = inside === '' || inside.startsWith('..') ? 'docs' : inside;
  const pinned = await ownPackage();
  const settings: WorkflowSettings = { refs, docs, program: 'package', pinned };
  const files = await writeWorkflows(folder, settings);
  return { folder, files, pinned: pinned !== undefined, ...(await addToState(asked, settings)) };
}

async function addToState(
  { address, access, refs, actor }: PlaceWorkflows,
  settings: WorkflowSettings,
): Promise<Pick<PlacedWorkflows, 'onState' | 'trouble'>> {
  const files = new Map<string, string>();
  for (const it of WORKFLOWS) if (it.watchesState) files.set(fileOf(it), await renderWorkflow(it, settings));
  try {
    const message = 'add the workflows that watch this branch';
    const onState = await addFiles({ address, ...access, refs, files, actor, message });
    return { onState, trouble: null };
  } catch (error) {
    return { onState: [], trouble: (error as Error).message };
  }
}
