/** Asks the strategy of a job what to do with the checkout that lies there. */
import type { BuildContext } from '../build-context.ts';
import { ownerOf, type Project, type ProjectGraph } from '../graph/project-graph.ts';
import { RECIPE_NAMES, type Recipe } from '../recipe.ts';
import type { Ground, ToolchainRules } from '../toolchains/toolchain.ts';
import { strategyOf } from './list.ts';
import type { Course, Site } from './strategy.ts';

/** Where tools that know no other place put them: among their outputs. */
const REPORTS = ['**/TestResults/**', '**/surefire-reports/**', '**/failsafe-reports/**'];

export interface Ways {
  readonly ground: Ground;
  readonly rules: ToolchainRules;
}

export async function courseOf(build: BuildContext, { ground, rules }: Ways): Promise<Course> {
  const { request, found, lodging, stop } = build;
  const choice = strategyOf(request);
  const graph = await graphOf({ ground, rules }, found.recipe);
  found.isDivided = graph !== null;
  const site: Site = {
    job: request.job,
    agent: request.agent,
    commit: found.commit,
    ground,
    rules,
    recipe: found.recipe,
    graph,
    tree: found.tree,
    lodging,
    cache: request.cache ?? null,
    reports: [...found.recipe.reports.tests, ...found.recipe.reports.coverage, ...REPORTS],
    tell: (line) => tell(build, line),
    check: () => stop.check(),
  };
  const course = await choice.rules.prepare(site);
  const asked = request.wished?.strategy;
  const because = choice.because ?? (asked && `${asked}, as gityard.yml says`);
  const built = because ? `${course.built} (${because})` : course.built;
  await tell(build, `${choice.rules.name}: ${built}`);
  found.findings = { ...found.findings, built: built.slice(0, 1_000), cache: course.cache };
  return course;
}

async function tell(build: BuildContext, line: string): Promise<void> {
  build.note('info', line);
  await build.write(Buffer.from(`[gityard] ${line}\n`));
}

/** With commands of its own for the build a repository is one whole: nobody knows over what these go. */
async function graphOf({ ground, rules }: Ways, recipe: Recipe): Promise<ProjectGraph | null> {
  if (recipe.stages.Build) return null;
  const graph = await rules.graph?.(ground);
  if (!graph || graph.projects.length === 0) return null;
  return { projects: withOutputs(graph, recipe), shared: [...graph.shared, ...RECIPE_NAMES, ...recipe.cache.inputs] };
}

function withOutputs(graph: ProjectGraph, { cache }: Recipe): readonly Project[] {
  const owned = cache.outputs.map((path) => ({ path, owner: ownerOf(graph, path)?.id }));
  return graph.projects.map((project) => {
    const more = owned.filter(({ owner }) => owner === project.id).map(({ path }) => path);
    return more.length === 0 ? project : { ...project, outputs: [...new Set([...project.outputs, ...more])] };
  });
}
