/**
 * What a recipe says of the build as a whole that must be known before its workspace and its sandbox are chosen: by which
 * strategy, where the request leaves that open, and in which image. It is read out of the commit before anything is laid out;
 * where it asks for something else than what was begun with, the build begins anew with that, or ends as it may not have it.
 */
import { BuildError } from '../build-error.ts';
import type { BuildRequest, Wished } from '../contract.ts';
import { refusalOfImage } from '../policy.ts';
import { RECIPE_NAMES, type Recipe, recipeFrom } from '../recipe.ts';
import { probed } from '../sandbox/ladder.ts';
import { podman } from '../sandbox/podman/podman.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { runGit } from '../source/git.ts';
import type { Tree, TreeRequest } from '../source/tree.ts';
import { isOn } from '../toolchains/toolchain.ts';

/** A wish that may be had, with the sandbox that it takes. */
export interface Granted extends Wished {
  readonly sandbox?: Sandbox;
}

interface Commit extends TreeRequest {
  readonly tree: Tree;
}

/** Null: it may go on as it began. */
export async function wishesOf({ job, wished = {} }: BuildRequest, commit: Commit): Promise<Wished | null> {
  const recipe = await recipeOf(commit);
  const image = recipe?.container?.image;
  const strategy = isOpen(job) ? (recipe?.strategy ?? undefined) : wished.strategy;
  const isSame = image === wished.image && (strategy === undefined || strategy === job.strategy || !isOpen(job));
  return isSame ? null : { ...(strategy && { strategy }), ...(image !== undefined && { image }) };
}

const isOpen = ({ strategyNamed, part, split, parameters }: BuildRequest['job']): boolean =>
  strategyNamed === false && part === null && split === null && !isOn(parameters.forceClean);

/** One with mistakes asks for nothing: they are told once the build looks at the file itself. */
async function recipeOf({ tree, gitDir, stop }: Commit): Promise<Recipe | null> {
  const name = RECIPE_NAMES.find((it) => tree.get(it)?.mode.startsWith('100'));
  const blob = name === undefined ? undefined : tree.get(name)?.blob;
  if (name === undefined || blob === undefined) return null;
  const text = await runGit({ args: ['cat-file', 'blob', blob], gitDir, folder: gitDir, mostBytes: MOST_BYTES, stop });
  try {
    return await recipeFrom(text, name);
  } catch (error) {
    if (error instanceof BuildError) return null;
    throw error;
  }
}

/** More than a recipe may have, so that one that is cut is one with mistakes. */
const MOST_BYTES = 1024 * 1024;

/** Never outside the image that it asks for: then not at all. */
export async function grant({ policy, openContainer = inPodman }: BuildRequest, wished: Wished): Promise<Granted> {
  const { image } = wished;
  if (image === undefined) return wished;
  const refusal = refusalOfImage(policy, image);
  if (refusal) throw new BuildError('policy', refusal);
  const sandbox = await openContainer(image);
  if (typeof sandbox !== 'string') return { ...wished, sandbox };
  throw new BuildError(
    'infrastructure',
    `gityard.yml asks to be built in the image ${image}, and this agent cannot do that: ${sandbox}; let its owner install podman and pull the image, or let the job require an agent that has both`,
  );
}

const inPodman = (image: string): Promise<Sandbox | string> => probed(podman, { image });

/** From the request as it came: what was wished before is no part of it. */
export async function beginningAnew(request: BuildRequest, { sandbox, ...wished }: Granted): Promise<BuildRequest> {
  const { strategy } = wished;
  const next = { ...request, ...(sandbox && { sandbox }), wished };
  if (strategy === undefined) return next;
  const job = { ...request.job, strategy, strategyNamed: true };
  return { ...next, job, ...(await request.withOthers?.(job)) };
}
