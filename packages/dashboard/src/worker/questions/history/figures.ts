/** What attempts come to as a whole. Pure. Every share comes with how many it is of: 100 % of two is little. */
import type { Attempt, Span } from './attempts.ts';
import { quantile } from './quantile.ts';

export interface Durations {
  readonly strategy: string | null;
  readonly n: number;
  readonly p50: number;
  readonly p95: number;
}
export interface ServerFigures {
  readonly agent: string;
  readonly n: number;
  readonly failed: number;
  readonly busySeconds: number;
}
export interface Slow {
  readonly job: string;
  readonly repository: string | null;
  readonly branch: string | null;
  readonly agent: string;
  readonly endedMs: number;
  readonly seconds: number;
  /** Of its like: the same project, built with the same strategy. */
  readonly usual: { readonly p50: number; readonly n: number };
}
export interface CauseCount {
  readonly cause: string | null;
  readonly count: number;
}
export interface ProjectFailures {
  readonly repository: string | null;
  readonly n: number;
  readonly failed: number;
  readonly causes: readonly CauseCount[];
}

export const hasFailed = ({ status }: Attempt): boolean => status === 'failed' || status === 'lost';
export const hasSucceeded = ({ status }: Attempt): boolean => status === 'succeeded';
/** What was cancelled or split says nothing of how well builds go. */
export const isJudged = (attempt: Attempt): boolean => hasFailed(attempt) || hasSucceeded(attempt);

/** Only builds that succeeded: one that failed may have ended in its first second. */
export function durationsOf(attempts: readonly Attempt[]): readonly Durations[] {
  return [...grouped(attempts.filter(hasSucceeded), ({ strategy }) => strategy)]
    .map(([strategy, group]) => {
      const seconds = group.map((it) => it.seconds);
      return {
        strategy,
        n: group.length,
        p50: quantile(seconds, 0.5),
        p95: Math.round(quantile(seconds, 0.95) * 10) / 10,
      };
    })
    .sort((a, b) => b.n - a.n);
}

export function serversOf(attempts: readonly Attempt[], { fromMs, untilMs }: Span): readonly ServerFigures[] {
  return [...grouped(attempts, ({ agent }) => agent)]
    .map(([agent, group]) => ({
      agent,
      n: group.filter(isJudged).length,
      failed: group.filter(hasFailed).length,
      busySeconds: group.reduce(
        (sum, it) => sum + Math.max(0, Math.min(it.endedMs, untilMs) - Math.max(it.startedMs, fromMs)) / 1000,
        0,
      ),
    }))
    .sort((a, b) => b.busySeconds - a.busySeconds);
}

const SHOWN_SLOW = 10;
/** Of fewer nobody can say what is usual. */
const ENOUGH = 3;

/** Those that took longest for what they are. `all` may reach further back, so that what is usual is known better. */
export function slowestOf(attempts: readonly Attempt[], all: readonly Attempt[]): readonly Slow[] {
  const likes = new Map(
    [...grouped(all.filter(hasSucceeded), likeOf)].map(([like, group]) => {
      const seconds = group.map((it) => it.seconds);
      return [like, { p50: quantile(seconds, 0.5), n: group.length }];
    }),
  );
  return attempts
    .filter(hasSucceeded)
    .flatMap((it) => {
      const { job, repository, branch, agent, endedMs, seconds } = it;
      const usual = likes.get(likeOf(it));
      if (!usual || usual.n < ENOUGH || usual.p50 === 0) return [];
      return [{ job, repository, branch, agent, endedMs, seconds, usual }];
    })
    .sort((a, b) => b.seconds / b.usual.p50 - a.seconds / a.usual.p50)
    .slice(0, SHOWN_SLOW);
}

export function failuresByProject(attempts: readonly Attempt[]): readonly ProjectFailures[] {
  return [...grouped(attempts.filter(isJudged), ({ repository }) => repository)]
    .map(([repository, group]) => ({
      repository,
      n: group.length,
      failed: group.filter(hasFailed).length,
      causes: causesOf(group),
    }))
    .filter(({ failed }) => failed > 0)
    .sort((a, b) => b.failed - a.failed || a.n - b.n);
}

export function causesOf(attempts: readonly Attempt[]): readonly CauseCount[] {
  const causeOf = ({ cause, status }: Attempt) => cause ?? (status === 'lost' ? 'lost' : null);
  return [...grouped(attempts.filter(hasFailed), causeOf)]
    .map(([cause, group]) => ({ cause, count: group.length }))
    .sort((a, b) => b.count - a.count);
}

export function grouped<K>(attempts: readonly Attempt[], keyOf: (it: Attempt) => K): ReadonlyMap<K, Attempt[]> {
  const groups = new Map<K, Attempt[]>();
  for (const it of attempts) {
    const group = groups.get(keyOf(it));
    if (group) group.push(it);
    else groups.set(keyOf(it), [it]);
  }
  return groups;
}

const likeOf = ({ repository, strategy }: Attempt): string => JSON.stringify([repository, strategy]);
