/**
 * One build from Fetch to Publish. Each stage either succeeds, has nothing to do, or throws the error that ends the
 * build; what the stages before it found stays found. Knows nothing of logs and outcomes.
 */

import { collect } from './artifacts/collect.ts';
import type { BuildContext } from './build-context.ts';
import { BuildError } from './build-error.ts';
import { planBuild } from './plan-build.ts';
import { cares, refusalByPolicy, refusalOfSource } from './policy.ts';
import { prepareHome } from './prepare-home.ts';
import { readRecipe } from './recipe.ts';
import { overlooked } from './reports/overlook.ts';
import { takeReports } from './reports/take-reports.ts';
import { runStep } from './run-step.ts';
import { runTask } from './run-task.ts';
import { giveSecrets } from './secrets/stage-secrets.ts';
import { fetchSource } from './source/fetch-source.ts';
import { saysNetworkTrouble } from './stages/network-trouble.ts';
import { type OutputReader, openOutputReader } from './stages/output-reader.ts';
import type { StageName } from './stages/stage-book.ts';
import { COMMAND_STAGES, type CommandStage, type Plan, type Step } from './toolchains/toolchain.ts';

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

  await fetchStage(build);
  const refused = refusalOfSource(policy, job, build.found.branch);
  if (refused) throw new BuildError('policy', refused);
  const plan = await prepare(build);
  for (const stage of COMMAND_STAGES) await commandStage(build, stage, plan);
  await publishStage(build, plan.collect);
}

async function fetchStage(build: BuildContext): Promise<void> {
  const { repository, branch, commit } = build.request.job;
  if (repository === null) return build.stages.end('Fetch', 'Skipped', 'no repository');
  const opening = `Fetching ${commit ?? branch ?? 'the default branch'} of ${repository}…`;
  await inStage(build, { stage: 'Fetch', opening }, async () => {
    const { mirrors, source: folder, index } = build.folders;
    const onRetry = (error: Error) => build.note('warning', `Fetch: trying again after: ${error.message}`);
    const source = await fetchSource({
      repository,
      branch,
      commit,
      mirrors,
      folder,
      index,
      provesBranch: build.request.cache?.mayWrite === true || cares(build.request.policy, build.request.job),
      stop: build.stop.signal,
      onRetry,
    });
    Object.assign(build.found, source);
    return `${source.branch ?? 'commit'} at ${source.commit}`;
  });
}

async function prepare(build: BuildContext): Promise<Plan> {
  await prepareHome(build);
  build.found.recipe = await readRecipe(build.folders.source);
  const { toolchain, plan } = await planBuild(build);
  build.found.toolchain = toolchain;
  await giveSecrets(build);
  return plan;
}

async function commandStage(build: BuildContext, stage: CommandStage, plan: Plan): Promise<void> {
  const steps = plan.steps[stage] ?? [];
  const opening = steps[0]?.progress;
  if (opening === undefined) return build.stages.end(stage, 'Skipped');
  const reader = openOutputReader({ problems: build.found.problems, matchers: plan.matchers });
  await inStage(build, { stage, opening }, async () => {
    try {
      for (const step of steps) await stepOf(build, { stage, step, plan, reader });
    } catch (error) {
      build.found.firstErrors = reader.firstErrors();
      throw withCodes(await explained(build, { stage, plan, tail: reader.tail(), error }), reader);
    }
    if (stage === testingStage(plan)) await takeReports(build, plan, reader.tail());
    const trouble = reader.trouble();
    if (trouble !== null) build.note('warning', trouble);
    return [overlookedIn(build, stage), reader.codes.text()].filter((it) => it !== null).join('; ') || null;
  });
}

/** A command that a job or a recipe brings may test in its only stage. */
const testingStage = ({ steps }: Plan): CommandStage => (steps.Test?.length ? 'Test' : 'Build');

interface PlannedStep {
  readonly stage: CommandStage;
  readonly step: Step;
  readonly plan: Plan;
  readonly reader: OutputReader;
}

async function stepOf(build: BuildContext, { stage, step, plan, reader }: PlannedStep): Promise<void> {
  try {
    await runStep(build, { stage, step, environment: plan.environment, reader });
  } catch (error) {
    const names = stage === 'Test' ? await overlooked(build, { plan, step, output: reader.tail(), error }) : null;
    if (names === null) throw error;
    build.found.overlooked = [...new Set([...build.found.overlooked, ...names])];
  }
}

/** Its tests failed, and the build goes on; whoever looks at the stage is told why. */
function overlookedIn({ found, stages, note }: BuildContext, stage: CommandStage): string | null {
  if (stage !== 'Test' || found.overlooked.length === 0) return null;
  const text = `in quarantine, and failed: ${found.overlooked.join(', ')}`;
  note('warning', text);
  stages.count(stage, { warnings: 1, errors: 0 });
  const flakyTests = [...new Set([...found.overlooked, ...found.findings.flakyTests])].slice(0, 20);
  found.findings = { ...found.findings, flakyTests };
  return text;
}

interface Failure {
  readonly stage: CommandStage;
  readonly plan: Plan;
  readonly tail: string;
  readonly error: unknown;
}

/** What the output tells beyond an exit code: that the network was to blame, or how many tests failed. */
async function explained(build: BuildContext, { stage, plan, tail, error }: Failure): Promise<unknown> {
  if (!(error instanceof BuildError) || error.code !== 'code') return error;
  const { exitCode, signal, message } = error;
  const facts = { exitCode, signal, cause: error };
  if (saysNetworkTrouble(stage, tail)) return new BuildError('infrastructure', `the network failed: ${message}`, facts);
  if (stage !== testingStage(plan)) return error;

  const { tests } = await takeReports(build, plan, tail);
  if (!tests || tests.failed === 0) return error;
  return new BuildError('code', `${tests.failed} of ${tests.total} tests failed: ${message}`, facts);
}

/** What the tools call that which went wrong: the first thing that people search for. */
function withCodes(error: unknown, { codes }: OutputReader): unknown {
  const text = codes.text('error');
  if (text === null || !(error instanceof BuildError) || error.code !== 'code') return error;
  const { exitCode, signal, message } = error;
  return new BuildError('code', `${message} (${text})`, { exitCode, signal, cause: error });
}

async function publishStage(build: BuildContext, patterns: readonly string[]): Promise<void> {
  const { redaction, folders } = build;
  const { staging, source, artifacts: target } = folders;
  begin(build, { stage: 'Publish', opening: 'Collecting artifacts…' });
  const check = () => build.stop.check();
  const whyNot = (path: string) => (redaction.text(path) === path ? null : 'its name holds a secret');
  const { artifacts, notes } = await collect({ staging, source, patterns, target, check, whyNot });
  build.found.artifacts = artifacts;
  for (const note of notes) build.note('warning', note);
  build.stages.count('Publish', { warnings: notes.length, errors: 0 });
  if (artifacts.length + notes.length === 0) return build.stages.end('Publish', 'Skipped', 'no artifacts');
  build.stages.end('Publish', 'Succeeded', [`artifacts: ${artifacts.length}`, ...notes].join('; '));
}

interface Opening {
  readonly stage: StageName;
  readonly opening: string;
}

/** The act answers the stage's message. A stage that throws is closed where the error is caught, with its reason. */
async function inStage(build: BuildContext, opening: Opening, act: () => Promise<string | null>): Promise<void> {
  begin(build, opening);
  build.stages.end(opening.stage, 'Succeeded', await act());
}

function begin(build: BuildContext, { stage, opening }: Opening): void {
  build.open(opening);
  build.stages.start(stage);
}
