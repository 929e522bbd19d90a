/** Turns what a strategy decided into commands: the toolchain plans them, and what the recipe says about a stage stands above that. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../graph/project-graph.ts';
import type { Recipe } from '../recipe.ts';
import { commandLine } from '../run-step.ts';
import type { CommandStage, Ground, Plan, Scope, Step, ToolchainRules } from '../toolchains/toolchain.ts';
import type { Course } from './strategy.ts';

export interface Planner {
  readonly rules: ToolchainRules;
  readonly recipe: Recipe;
  readonly ground: Ground;
}

export async function planOf({ rules, recipe, ground }: Planner, { isDone, skipped }: Course): Promise<Plan> {
  const plan = withRecipe(await rules.plan(ground), recipe);
  const steps = isDone ? {} : without(plan.steps, skipped);
  return { ...plan, steps: isIdle(steps) ? {} : steps };
}

function without(steps: Plan['steps'], skipped: readonly CommandStage[]): Plan['steps'] {
  return Object.fromEntries(Object.entries(steps).filter(([stage]) => !skipped.some((it) => it === stage)));
}

/** Packages that nothing uses need not be there. */
const isIdle = ({ Build = [], Test = [], Package = [] }: Plan['steps']): boolean =>
  Build.length + Test.length + Package.length === 0;

export interface ProjectTests {
  readonly project: Project;
  readonly steps: readonly Step[];
}

/** Null: all tests as the plan has them. */
export async function testRunsOf(
  { rules, recipe, ground }: Planner,
  { course, plan }: { readonly course: Course; readonly plan: Plan },
): Promise<readonly ProjectTests[] | null> {
  const { scope, testsApart } = course;
  if (!scope || !testsApart || recipe.stages.Test || !plan.steps.Test?.length) return null;
  const projects = scope.graph.projects.filter(({ id }) => scope.test.includes(id));
  return Promise.all(
    projects.map(async (project, index) => {
      const only: Scope = { ...scope, build: [], test: [project.id], pack: [], restore: false };
      const reports = join(ground.reports, String(index + 1));
      await mkdir(reports, { recursive: true });
      const { steps } = await rules.plan({ ...ground, scope: only, reports });
      return { project, steps: steps.Test ?? [] };
    }),
  );
}

/** A command that a repository brings of its own. */
export const stepOf = (argv: readonly string[]): Step => ({ argv, progress: `Running ${commandLine(argv)}…` });

function withRecipe(plan: Plan, { stages, artifacts }: Recipe): Plan {
  const own = Object.entries(stages).map(([stage, commands]) => [stage, commands.map(stepOf)]);
  return { ...plan, steps: { ...plan.steps, ...Object.fromEntries(own) }, collect: [...plan.collect, ...artifacts] };
}
