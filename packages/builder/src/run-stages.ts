/**
 * One build from Fetch to Publish. Each stage either succeeds, has nothing to do, or throws the error that ends the
 * build; what the stages before it found stays found. Knows nothing of logs and outcomes.
 */
import { rm } from 'node:fs/promises';
import { collect } from './artifacts/collect.ts';
import type { BuildContext } from './build-context.ts';
import { BuildError } from './build-error.ts';
import type { Wished } from './contract.ts';
import { beginWithParts } from './distribute/put-together.ts';
import { splitUp } from './distribute/split-up.ts';
import { bringPackages } from './packages/package-cache.ts';
import { type Itinerary, planBuild } from './plan-build.ts';
import { cares, refusalByPolicy, refusalOfSource } from './policy.ts';
import { prepareHome } from './prepare-home.ts';
import { heedRecipe } from './recipe/heed-recipe.ts';
import { grant, wishesOf } from './recipe/wishes.ts';
import { readRecipe } from './recipe.ts';
import { timedStage } from './run-command-stage.ts';
import { runTask } from './run-task.ts';
import { makeSbom } from './sbom/make-sbom.ts';
import { giveSecrets } from './secrets/stage-secrets.ts';
import { fetchSource } from './source/fetch-source.ts';
import { readTree } from './source/tree.ts';
import { begin, inStage } from './stages/in-stage.ts';
import { clearOld } from './strategies/clear-old.ts';
import { withKnown } from './strategies/told-tests.ts';
import { COMMAND_STAGES, isOff } from './toolchains/toolchain.ts';

export async function runStages(build: BuildContext): Promise<void> {
  build.stop.check();
  const { job, policy } = build.request;
  const refusal = refusalByPolicy(policy, job);
  if (refusal) throw new BuildError('policy', refusal);
  if (job.task !== null) {
    await giveSecrets(build);
    await runTask(build, job.task);
    return publishStage(build, []);
  }
  if (job.repository === null && job.command === null) {
    throw new BuildError('code', 'the job names neither a repository nor a command');
  }

  if (await beginWithParts(build)) return;
  await fetchStage(build);
  const refused = refusalOfSource(policy, job, build.found.branch);
  if (refused) throw new BuildError('policy', refused);
  if (build.found.wishes) {
    build.found.anew = await grant(build.request, build.found.wishes);
    return;
  }
  await settleIn(build);
  if (await splitUp(build)) return;
  const itinerary = await prepare(build);
  for (const stage of COMMAND_STAGES) await timedStage(build, stage, itinerary);
  build.found.tests = withKnown(build.found.tests, itinerary.course.knownTests);
  await publishStage(build, itinerary.plan.collect);
}

async function fetchStage(build: BuildContext): Promise<void> {
  const { request } = build;
  const { repository, branch, commit } = request.job;
  if (repository === null) return build.stages.end('Fetch', 'Skipped', 'no repository');
  const opening = `Fetching ${commit ?? branch ?? 'the default branch'} of ${repository}…`;
  await inStage(build, { stage: 'Fetch', opening }, async () => {
    const { mirrors } = build.folders;
    const onRetry = (error: Error) => build.note('warning', `Fetch: trying again after: ${error.message}`);
    const source = await fetchSource({
      repository,
      branch,
      commit,
      mirrors,
      provesBranch: request.cache?.mayWrite === true || cares(request.policy, request.job),
      stop: build.stop.signal,
      onRetry,
      layOut: async (commit) => {
        const tree = await readTree(commit);
        build.found.tree = tree;
        const wishes = await wishesOf(request, { ...commit, tree });
        if (wishes) build.found.wishes = wishes;
        else await build.lodging.layOut({ ...commit, tree });
      },
    });
    Object.assign(build.found, source);
    return `${source.branch ?? 'commit'} at ${source.commit}`;
  });
}

async function tellWishes(build: BuildContext, { strategy, image }: Wished = {}): Promise<void> {
  const wishes = [...(strategy ? [`built ${strategy}`] : []), ...(image ? [`in the image ${image}`] : [])];
  if (wishes.length === 0) return;
  const text = `${wishes.join(' ')}, as gityard.yml says`;
  build.note('info', text);
  await build.write(Buffer.from(`[gityard] ${text}\n`));
}

/** Before anything looks at the checkout: programs that do so run in its cell, and see its home. */
async function settleIn(build: BuildContext): Promise<void> {
  const { folders, found, lodging, cell, request } = build;
  await tellWishes(build, request.wished);
  await prepareHome(build);
  // Its top is the build's own from the time before, and what we made and laid out in it since is not.
  if (lodging.kept) await cell.give([folders.workspace]);
  found.recipe = await readRecipe(folders.source);
  await heedRecipe(build, found.recipe);
}

async function prepare(build: BuildContext): Promise<Itinerary> {
  const { folders, found, cell } = build;
  const itinerary = await planBuild(build);
  found.toolchain = itinerary.toolchain;
  await bringPackages(build);
  await giveSecrets(build);
  await clearOld(build, itinerary);
  // All that was put there since its first program ran.
  await cell.give([folders.source, folders.staging, folders.reports]);
  return itinerary;
}

async function publishStage(build: BuildContext, patterns: readonly string[]): Promise<void> {
  const { redaction, folders, request } = build;
  if (isOff(request.job.parameters.publishArtifacts))
    return build.stages.end('Publish', 'Skipped', 'the job wants none published');
  const { staging, source, artifacts: target } = folders;
  begin(build, { stage: 'Publish', opening: 'Collecting artifacts…' });
  const check = () => build.stop.check();
  const whyNot = (path: string) => (redaction.text(path) === path ? null : 'its name holds a secret');
  const own = await makeSbom(build);
  const { artifacts, notes } = await collect({ staging, source, patterns, target, check, whyNot, own });
  if (own !== null) await rm(own, { recursive: true, force: true });
  build.found.artifacts = artifacts;
  for (const note of notes) build.note('warning', note);
  build.stages.count('Publish', { warnings: notes.length, errors: 0 });
  if (artifacts.length + notes.length === 0) return build.stages.end('Publish', 'Skipped', 'no artifacts');
  build.stages.end('Publish', 'Succeeded', [`artifacts: ${artifacts.length}`, ...notes].join('; '));
}
