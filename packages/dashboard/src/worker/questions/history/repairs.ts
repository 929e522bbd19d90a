/** How long a branch stays broken: from the end of its first failure to the end of its next success. Pure. */
import type { Attempt, Span } from './attempts.ts';
import { grouped, hasFailed, hasSucceeded } from './figures.ts';
import { quantile } from './quantile.ts';

interface Break {
  readonly repository: string | null;
  readonly branch: string | null;
  readonly job: string;
  readonly brokenMs: number;
  /** null: it is broken still. */
  readonly repairedMs: number | null;
}
export interface Repairs {
  readonly n: number;
  /** Seconds; null: nothing was repaired. */
  readonly p50: number | null;
  readonly longest: Break | null;
  /** The longest broken first. */
  readonly open: readonly Break[];
}

/** `attempts` in the order of their ends; of the repairs those count that came in the span. */
export function repairsOf(attempts: readonly Attempt[], { fromMs, untilMs }: Span): Repairs {
  // What builds nothing of a repository leaves no branch broken.
  const builds = attempts.filter(({ repository }) => repository !== null);
  const breaks = [
    ...grouped(builds, ({ repository, branch }) => JSON.stringify([repository, branch])).values(),
  ].flatMap(breaksOf);
  const repaired = breaks.filter(
    ({ repairedMs }) => repairedMs !== null && repairedMs >= fromMs && repairedMs <= untilMs,
  );
  const seconds = repaired.map(secondsOf);
  return {
    n: repaired.length,
    p50: repaired.length === 0 ? null : quantile(seconds, 0.5),
    longest: repaired.toSorted((a, b) => secondsOf(b) - secondsOf(a))[0] ?? null,
    open: breaks.filter(({ repairedMs }) => repairedMs === null).sort((a, b) => a.brokenMs - b.brokenMs),
  };
}

function breaksOf(attempts: readonly Attempt[]): Break[] {
  const breaks: Break[] = [];
  let broken: Break | undefined;
  for (const it of attempts) {
    const { repository, branch, job, endedMs } = it;
    if (hasFailed(it)) broken ??= { repository, branch, job, brokenMs: endedMs, repairedMs: null };
    if (!hasSucceeded(it) || !broken) continue;
    breaks.push({ ...broken, repairedMs: endedMs });
    broken = undefined;
  }
  return broken ? [...breaks, broken] : breaks;
}

const secondsOf = ({ brokenMs, repairedMs }: Break): number => ((repairedMs ?? brokenMs) - brokenMs) / 1000;
