/**
 * Goes on where the build before stopped: only projects that changed, and those that need them, are built and tested. What a
 * build did not finish counts as changed for the next one. A whole that nobody can divide is left to its tool.
 */
import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isInsidePath } from '../artifacts/safe-path.ts';
import type { KeptRecord, Memory } from '../lodging/kept-record.ts';
import type { KeptWorkspace } from '../lodging/kept-workspace.ts';
import { removeTree } from '../remove-tree.ts';
import type { CommandStage } from '../toolchains/toolchain.ts';
import { basisOf, differing } from './basis.ts';
import { decideIncremental } from './decide-incremental.ts';
import { allInWords, allOf, type Course, type Site, type StrategyRules } from './strategy.ts';
import { listed, shortCommit } from './words.ts';

export const incremental: StrategyRules = {
  name: 'Incremental',
  lodging: 'kept',
  async prepare(site) {
    const { graph, rules, lodging } = site;
    const { kept, whyFresh } = lodging;
    if (!kept) return allOf(`${allInWords(graph)} built in a fresh workspace${whyFresh ? `: ${whyFresh}` : ''}`);
    if (!graph && rules.decidesItself !== true) {
      if (kept.record) await kept.startAnew();
      return allOf('all of it built: it has no projects that could be told apart');
    }
    const basis = await basisOf(site);
    return remembering(await courseIn(site, kept, basis), { site, kept, basis });
  },
};

type Basis = Memory['basis'];

async function courseIn(site: Site, kept: KeptWorkspace, basis: Basis): Promise<Course> {
  const { graph } = site;
  const { record } = kept;
  if (!record) return allOf(`${allInWords(graph)} built: nothing was kept of this branch`);
  const other = differing(record.basis, basis);
  if (other.length > 0) {
    await kept.startAnew();
    const words = other.map((name) => `${name} (${shortly(basis[name])} instead of ${shortly(record.basis[name])})`);
    return allOf(`${allInWords(graph)} built, because of another ${listed(words)}`);
  }
  const from = `build ${record.job} of commit ${shortCommit(record.commit)}`;
  if (!graph) return allOf(`${site.rules.name} decided what to make, on what ${from} left`);
  await removeOrphans(site, record);
  const { scope, isDone, built } = decideIncremental({ graph, record, changed: kept.changed });
  return { ...allOf(built), scope, isDone };
}

const shortly = (value = 'none'): string => (value.length > 40 ? `${value.slice(0, 39)}…` : value);

/** Outputs of projects that the commit has no more: nobody would ever remove them, and they would be collected. */
async function removeOrphans({ graph, tree, ground }: Site, { projects }: KeptRecord): Promise<void> {
  const ids = new Set(graph?.projects.map(({ id }) => id));
  const paths = projects.filter(({ id }) => !ids.has(id)).flatMap(({ outputs }) => outputs);
  for (const path of paths.filter(isInsidePath)) {
    const full = join(ground.source, path);
    const isOurs = (await realpath(dirname(full)).catch(() => null)) === dirname(full);
    const isTracked = [...tree.keys()].some((it) => it === path || it.startsWith(`${path}/`));
    if (isOurs && !isTracked) await removeTree(full);
  }
}

interface Place {
  readonly site: Site;
  readonly kept: KeptWorkspace;
  readonly basis: Basis;
}

/** Before anything runs all that is to be built is pending; what succeeds is taken off, stage by stage. */
function remembering(course: Course, { site, kept, basis }: Place): Course {
  const { graph } = site;
  const all = graph?.projects ?? [];
  const ids = all.map(({ id }) => id);
  const tests = all.filter(({ isTest }) => isTest).map(({ id }) => id);
  const { build, test } = course.scope ?? { build: ids, test: tests };
  let memory: Memory = {
    basis,
    projects: all.map(({ id, outputs }) => ({ id, outputs })),
    shared: graph?.shared ?? [],
    pending: course.isDone ? [] : [...new Set([...build, ...test])],
    isRestored: course.scope?.restore === false,
    isFinished: course.isDone,
  };
  kept.remember(memory);
  const learnt: Readonly<Record<CommandStage, Partial<Memory>>> = {
    Restore: { isRestored: true },
    Build: { pending: test },
    Test: { pending: [] },
    Check: {},
    Package: { isFinished: true },
  };
  return {
    ...course,
    async after(stage) {
      memory = { ...memory, ...learnt[stage] };
      kept.remember(memory);
    },
  };
}
