/**
 * Outputs of projects come from a cache wherever it has some that were made of the same inputs, and only the rest is built; tests
 * whose result is known for the same inputs do not run. A build that may not write there takes, and gives nothing. A part of a
 * Distributed build is the same over some of the projects.
 */

import { BuildError } from '../build-error.ts';
import type { CacheAccess } from '../cache/build-cache.ts';
import { type ProjectGraph, withNeeds } from '../graph/project-graph.ts';
import { isOff, type Scope } from '../toolchains/toolchain.ts';
import { basisOf } from './basis.ts';
import { explainMiss } from './explain-miss.ts';
import { keyedProjects } from './input-hash.ts';
import { keeping } from './keep-outputs.ts';
import { type Found, lookUp } from './look-up.ts';
import type { Course, Site, StrategyRules } from './strategy.ts';
import { allInWords, allOf } from './strategy.ts';
import { ofWhole, wholeGraph } from './whole.ts';
import { listed } from './words.ts';

export const cached: StrategyRules = {
  name: 'Cached',
  lodging: 'fresh',
  async prepare(site) {
    const { job, cache } = site;
    const whole = site.graph === null;
    const graph = site.graph ?? wholeGraph(site.recipe);
    if (graph === null)
      return allOf('all of it built: it has no projects, and its gityard.yml names no outputs under "cache"');
    const wanted = wantedOf(graph, job.part?.projects ?? []);
    if (!cache || job.noCache) return withoutCache({ ...site, graph }, wanted);

    const basis = await basisOf(site);
    const keyed = keyedProjects({ graph, tree: site.tree, basis }).filter(({ project }) => wanted.all.has(project.id));
    const found = await lookUp({ ...site, cache }, keyed);
    for (const it of found)
      if (!it.entry) await site.tell(`${it.project.name}: built, because ${await why(cache, it)}`);
    const course = courseOf({ site, graph, wanted, found, cache });
    return whole ? ofWhole(course, found) : course;
  },
};

interface Wanted {
  /** What was asked for. */
  readonly own: ReadonlySet<string>;
  /** And whatever that needs. */
  readonly all: ReadonlySet<string>;
  readonly isPart: boolean;
}

function wantedOf(graph: ProjectGraph, ids: readonly string[]): Wanted {
  const known = new Set(graph.projects.map(({ id }) => id));
  const missing = ids.filter((id) => !known.has(id));
  if (missing.length > 0)
    throw new BuildError('code', `the commit has no project ${listed(missing)}, which this part is to build`);
  const own = ids.length === 0 ? known : new Set(ids);
  return { own, all: new Set(withNeeds(graph, own).map(({ id }) => id)), isPart: ids.length > 0 };
}

function withoutCache(site: Site & { readonly graph: ProjectGraph }, wanted: Wanted): Course {
  const { graph, job } = site;
  const because = job.noCache ? 'the job wants nothing from a cache' : 'this agent has no cache';
  if (!wanted.isPart) return allOf(`${allInWords(site.graph)} built: ${because}`);
  const build = graph.projects.map(({ id }) => id).filter((id) => wanted.all.has(id));
  const test = testsIn(site, graph, wanted);
  const scope: Scope = { graph, build, test, pack: packedOf(graph, wanted), restore: true, reuse: false };
  const built = `${build.length} of ${graph.projects.length} projects built: ${because}`;
  return { ...allOf(built), scope };
}

const packedOf = ({ projects }: ProjectGraph, { own }: Wanted): readonly string[] =>
  projects.map(({ id }) => id).filter((id) => own.has(id));

const testsIn = ({ ground }: Site, { projects }: ProjectGraph, { own }: Wanted): readonly string[] =>
  isOff(ground.parameters.runTests) ? [] : projects.filter((it) => it.isTest && own.has(it.id)).map(({ id }) => id);

async function why({ cache, scope }: CacheAccess, { project, inputs }: Found): Promise<string> {
  return explainMiss(inputs, (await cache.latest(scope, project.id).catch(() => null))?.inputs);
}

interface Looked {
  readonly site: Site;
  readonly graph: ProjectGraph;
  readonly wanted: Wanted;
  readonly found: readonly Found[];
  readonly cache: CacheAccess;
}

function courseOf({ site, graph, wanted, found, cache }: Looked): Course {
  const misses = found.filter(({ entry }) => !entry);
  const tests = new Set(testsIn(site, graph, wanted));
  const known = found.filter(({ project, entry }) => tests.has(project.id) && entry?.tests);
  for (const { project } of known) tests.delete(project.id);
  const scope: Scope = {
    graph,
    build: misses.map(({ project }) => project.id),
    test: [...tests],
    pack: packedOf(graph, wanted),
    restore: true,
    reuse: true,
  };
  return {
    ...allOf(wordsOf(found, misses, known.length)),
    scope,
    testsApart: true,
    cache: { hits: found.length - misses.length, misses: misses.length },
    knownTests: known.flatMap(({ entry }) => entry?.tests ?? []),
    ...keeping(site, { found, cache }),
  };
}

function wordsOf(found: readonly Found[], misses: readonly Found[], knownTests: number): string {
  const hits = found.length - misses.length;
  const names = misses.length === 0 ? '' : ` (${listed(misses.map(({ project }) => project.name))})`;
  const tests = knownTests === 0 ? '' : `; the tests of ${knownTests} need not run again`;
  return `${hits} of ${found.length} projects taken from the cache, ${misses.length} built${names}${tests}`;
}
