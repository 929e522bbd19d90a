/**
 * Looks at the checkout of a build that may be split, and decides whether it is. Where it is not, the build goes on here and
 * says why: a build is never refused because nobody could help with it.
 */
import type { BuildContext } from '../build-context.ts';
import type { ProjectGraph } from '../graph/project-graph.ts';
import { choose, groundOf } from '../plan-build.ts';
import { type Planned, planCanary, planSplit } from './plan-split.ts';

/** True: there is a plan, and nothing more is to be done here. */
export async function splitUp(build: BuildContext): Promise<boolean> {
  const { among } = build.request;
  if (!among) return false;
  const planned = among.kind === 'canary' ? planCanary(among.agents) : await distributed(build, among.agents.length);
  if ('whole' in planned) {
    build.found.whole = planned.whole;
    await tell(build, `not split: ${planned.whole}`);
    return false;
  }
  build.found.split = planned.plan;
  await tell(build, `split into ${planned.plan.parts.length} jobs`);
  build.stages.closeRest('Skipped');
  return true;
}

async function distributed(build: BuildContext, agents: number): Promise<Planned> {
  const { job, cache } = build.request;
  if (cache?.shared === undefined)
    return { whole: 'outputs travel by a cache, and this agent shares none with others' };
  if (job.noCache) return { whole: 'outputs travel by the cache, and it is to be built without' };
  if (job.command !== null) return { whole: 'a command is one whole' };
  const graph = await graphOf(build);
  if (graph === null) return { whole: 'its projects are not known one by one' };
  const { agents: most, parts } = job.parameters;
  return planSplit({
    graph,
    seconds: await secondsOf(build, graph),
    agents: Math.min(agents, wholeNumber(most) ?? agents),
    mostParts: wholeNumber(parts),
    requires: [`cache=${cache.shared}`],
  });
}

const wholeNumber = (word: string | undefined): number | undefined =>
  word !== undefined && /^[1-9]\d{0,3}$/.test(word) ? Number(word) : undefined;

/** Null as well where the repository names commands of its own: those know nothing of parts. */
async function graphOf(build: BuildContext): Promise<ProjectGraph | null> {
  const { recipe } = build.found;
  if (recipe.stages.Build !== undefined || recipe.stages.Test !== undefined) return null;
  const ground = await groundOf(build);
  const wanted = build.request.job.toolchain ?? recipe.toolchain;
  const rules = choose({ wanted, names: ground.names, recipe });
  build.found.toolchain = rules.name;
  return (await rules.graph?.(ground)) ?? null;
}

/** How long each took when it was built last. */
async function secondsOf({ request: { cache } }: BuildContext, { projects }: ProjectGraph) {
  if (!cache) return new Map<string, number>();
  const entries = await Promise.all(projects.map((it) => cache.cache.latest(cache.scope, it.id)));
  return new Map(projects.flatMap((it, at) => (entries[at] ? [[it.id, entries[at].seconds] as const] : [])));
}

async function tell(build: BuildContext, text: string): Promise<void> {
  build.note('info', text);
  await build.write(Buffer.from(`[gityard] ${text}\n`));
}
