/** What the parts of a build found out, added up as if one agent had built all of it. Pure. */
import type { CacheUse, Coverage, Findings, Job, JobResult, Stage, TestTotals } from '@gityard/domain';
import { currentAttempt } from '@gityard/domain';

const MOST_ANNOTATIONS = 50;
const MOST_TESTS = 20;

/** `own` is what putting them together found out by itself. */
export function mergeFindings(parts: readonly Job[], own: Findings): Findings {
  const results = parts.flatMap((it) => it.result ?? []);
  return {
    coverage: addedUp<Coverage>([own.coverage, ...results.map((it) => it.coverage)]),
    failedTests: results.flatMap((it) => it.failedTests).slice(0, MOST_TESTS),
    flakyTests: [...new Set(results.flatMap((it) => it.flakyTests))].slice(0, MOST_TESTS),
    annotations: annotationsOf([...results, own]),
    cache: cacheUse(results, own.cache),
    built: own.built,
  };
}

/** A part takes what it needs of others from the cache as well: of the whole, only what was built in none of them is a hit. */
function cacheUse(results: readonly JobResult[], own: CacheUse | null): CacheUse | null {
  if (own === null) return null;
  const misses = results.reduce((sum, it) => sum + (it.cache?.misses ?? 0), own.misses);
  return { hits: Math.max(0, own.hits + own.misses - misses), misses };
}

/** What was tested in no part was tested when they were put together. */
export const mergeTests = (parts: readonly Job[], own: TestTotals | null): TestTotals | null =>
  addedUp<TestTotals>(parts.map((it) => it.result?.tests ?? null)) ?? own;

const LEVELS = ['error', 'warning', 'notice'] as const;

/** A file that several parts compile is complained about by each of them. */
function annotationsOf(results: readonly Pick<JobResult, 'annotations'>[]): Findings['annotations'] {
  const all = new Map(results.flatMap((it) => it.annotations).map((it) => [JSON.stringify(it), it]));
  const rank = (level: (typeof LEVELS)[number]) => LEVELS.indexOf(level);
  return [...all.values()].sort((a, b) => rank(a.level) - rank(b.level)).slice(0, MOST_ANNOTATIONS);
}

function addedUp<T extends { readonly [name in keyof T]: number }>(all: readonly (T | null)[]): T | null {
  const [first, ...rest] = all.filter((it) => it !== null);
  if (first === undefined) return null;
  const names = Object.keys(first) as (keyof T)[];
  return rest.reduce<T>((sum, it) => Object.fromEntries(names.map((name) => [name, sum[name] + it[name]])) as T, first);
}

/** A stage began with its first part and ended with its last, and counts what all of them counted. */
export function mergeStages(parts: readonly Job[], own: readonly Stage[]): Stage[] {
  const all = parts.flatMap((it) => currentAttempt(it)?.stages ?? []);
  return own.map((stage) => {
    const alike = [stage, ...all.filter((it) => it.name === stage.name)];
    const done = alike.filter((it) => it.status === 'Succeeded');
    const sum = (count: 'warnings' | 'errors') => alike.reduce((total, it) => total + it[count], 0);
    return {
      ...stage,
      status: stage.status === 'Skipped' && done.length > 0 ? 'Succeeded' : stage.status,
      startedAt: outermost(alike, 'startedAt')[0] ?? null,
      endedAt: outermost(alike, 'endedAt').at(-1) ?? null,
      warnings: sum('warnings'),
      errors: sum('errors'),
      message: stage.message ?? done.find((it) => it.message !== null)?.message ?? null,
    };
  });
}

const outermost = (stages: readonly Stage[], field: 'startedAt' | 'endedAt'): readonly string[] =>
  stages.flatMap((it) => it[field] ?? []).sort((a, b) => Date.parse(a) - Date.parse(b));
