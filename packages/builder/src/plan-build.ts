/**
 * Decides what a build runs: the job's own command, or the stages of the toolchain that the job, the repository's
 * recipe or the files name. What the recipe says about a stage replaces what the toolchain would do there.
 */
import type { Toolchain } from '@gityard/domain';
import type { BuildContext } from './build-context.ts';
import { BuildError } from './build-error.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { refusalOfPlan } from './policy.ts';
import { runProcess } from './process/run-process.ts';
import { checksOf, withChecks } from './recipe/checks.ts';
import type { Recipe } from './recipe.ts';
import { commandLine, processOptions } from './run-step.ts';
import { openOutputReader } from './stages/output-reader.ts';
import { courseOf } from './strategies/course.ts';
import { strategyOf } from './strategies/list.ts';
import { type Planner, type ProjectTests, planOf, testRunsOf } from './strategies/plan-course.ts';
import { allOf, type Course } from './strategies/strategy.ts';
import { toolchains } from './toolchains/list.ts';
import { shell } from './toolchains/shell.ts';
import { COMMAND_STAGES, type Ground, type Plan, type Step, type ToolchainRules } from './toolchains/toolchain.ts';
import { topNames } from './workspace-files.ts';

export interface Itinerary {
  readonly toolchain: Toolchain;
  readonly plan: Plan;
  readonly course: Course;
  /** The Test stage, project by project, where their totals have to be told apart. */
  readonly testRuns: readonly ProjectTests[] | null;
}

export async function planBuild(build: BuildContext): Promise<Itinerary> {
  const { recipe } = build.found;
  const ground = await groundOf(build);
  const { policy, job, toolchains: among } = build.request;
  const { command, toolchain } = job;
  const checks = checksOf(build.request, recipe);
  if (command !== null) {
    refuse(refusalOfPlan(policy, job, { toolchain: 'shell', stages: {}, checks }));
    const plan = withChecks(await commandPlan(command, recipe, ground), checks);
    return { toolchain: 'shell', plan, course: allOf(''), testRuns: null };
  }

  const rules = choose({ wanted: toolchain ?? recipe.toolchain, names: ground.names, recipe, among });
  refuse(refusalOfPlan(policy, job, { toolchain: rules.name, stages: recipe.stages, checks }));
  const course = await courseOf(build, { ground, rules });
  const planner: Planner = { rules, recipe, ground: { ...ground, scope: course.scope } };
  const plan = withChecks(await planOf(planner, course), checks);
  if (COMMAND_STAGES.every((stage) => !plan.steps[stage]?.length) && course.scope === null && !course.skipped.length) {
    throw new BuildError('code', 'there is nothing to run: name stages in gityard.yml, or give the job a command');
  }
  return { toolchain: rules.name, plan, course, testRuns: await testRunsOf(planner, { course, plan }) };
}

function refuse(refusal: string | null): void {
  if (refusal) throw new BuildError('policy', refusal);
}

export function choose({
  wanted,
  names,
  recipe,
  among = toolchains,
}: {
  wanted: Toolchain | null;
  names: readonly string[];
  recipe: Recipe;
  among?: readonly ToolchainRules[] | undefined;
}): ToolchainRules {
  const named = among.find(({ name }) => name === wanted);
  const recognised = named ?? among.find((rules) => rules.recognises(names));
  if (recognised) return recognised;
  if (Object.keys(recipe.stages).length > 0) return shell;
  throw new BuildError(
    'code',
    'no toolchain fits: there is no solution, project file, package.json, pom.xml or Makefile at the top; name stages in gityard.yml, or give the job a command',
  );
}

async function commandPlan(command: readonly string[], { artifacts }: Recipe, ground: Ground): Promise<Plan> {
  const step: Step = { argv: command, progress: `Running ${commandLine(command)}…` };
  return { ...(await shell.plan(ground)), steps: { Build: [step] }, collect: artifacts };
}

export async function groundOf(build: BuildContext): Promise<Ground> {
  const { source, staging, reports, home } = build.folders;
  return {
    source,
    staging,
    reports,
    home,
    parameters: { ...build.found.recipe.parameters, ...build.request.job.parameters },
    names: await topNames(source),
    scope: null,
    clean: strategyOf(build.request).rules.name === 'Clean',
    cores: build.request.job.reserves?.cores ?? 0,
    // At its end a program of a build takes with it whatever else of the build runs: two at once would end each other.
    probe: (argv) => oneAtATime(`probe ${build.folders.workspace}`, () => probe(build, argv)),
  };
}

/** Even asking a Makefile for its targets runs code of the repository, so it is run as all of a build is. */
async function probe(build: BuildContext, argv: readonly string[]): ReturnType<Ground['probe']> {
  const reader = openOutputReader();
  const { exitCode, failure } = await runProcess({
    ...(await processOptions(build, { stage: 'Build', argv, extra: {} })),
    onOutput: (chunk) => {
      reader.read(chunk);
    },
  });
  build.stop.check();
  return { exitCode, output: reader.tail(), isMissing: failure?.code === 'ENOENT' };
}
