/** What the records say as a whole: how often builds succeed, how long they take by the hour of the day, and agents compared. */
import type { History, Past } from './history.ts';
import { medianOf, quantiles } from './quantile.ts';

export interface Tally {
  readonly builds: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Of those that succeeded or failed; null: none did. */
  readonly successRate: number | null;
  /** Of those that succeeded, in seconds; null: none did. */
  readonly p50: number | null;
  readonly p90: number | null;
}

export interface Statistics extends Tally {
  readonly from: string | null;
  readonly to: string | null;
  /** How long they waited, in seconds: half of them no longer. */
  readonly queuedP50: number | null;
  /** By the hour in UTC, those hours in which something was built. */
  readonly byHour: readonly ({ readonly hour: number } & Tally)[];
  /** 0 = Sunday. */
  readonly byDay: readonly ({ readonly day: number } & Tally)[];
  /** Fastest first, as far as that can be told. Speed: 2 = twice as long as usual for the same builds. */
  readonly byAgent: readonly ({ readonly agent: string; readonly speed: number | null } & Tally)[];
  readonly byBranch: readonly ({ readonly repository: string | null; readonly branch: string | null } & Tally)[];
}

export function statisticsOf(history: History): Statistics {
  const { all } = history;
  const waits = all.flatMap((it) => it.record.queuedSeconds ?? []);
  const byAgent = grouped(all, (it) => it.record.agent).map(({ key: agent, group }) => {
    const factor = history.speedOf(agent)?.factor;
    return { agent, speed: factor === undefined ? null : Math.round(factor * 100) / 100, ...shareOf(group) };
  });
  return {
    ...shareOf(all),
    from: all.at(-1)?.record.startedAt ?? null,
    to: all[0]?.record.startedAt ?? null,
    queuedP50: waits.length === 0 ? null : rounded(medianOf(waits)),
    byHour: grouped(all, (it) => it.hour).map(({ key: hour, group }) => ({ hour, ...shareOf(group) })),
    byDay: grouped(all, (it) => it.day).map(({ key: day, group }) => ({ day, ...shareOf(group) })),
    byAgent: byAgent.sort((a, b) => (a.speed ?? Number.MAX_VALUE) - (b.speed ?? Number.MAX_VALUE)),
    byBranch: grouped(all, ({ record }) => JSON.stringify([record.repository, record.branch])).map(({ group }) => {
      const { repository = null, branch = null } = group[0]?.record ?? {};
      return { repository, branch, ...shareOf(group) };
    }),
  };
}

function grouped<K extends string | number>(all: readonly Past[], keyOf: (it: Past) => K) {
  const groups = new Map<K, Past[]>();
  for (const it of all) {
    const group = groups.get(keyOf(it));
    if (group) group.push(it);
    else groups.set(keyOf(it), [it]);
  }
  return [...groups].map(([key, group]) => ({ key, group })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

function shareOf(group: readonly Past[]): Tally {
  const succeeded = group.filter((it) => it.record.status === 'succeeded').map((it) => it.record.seconds);
  const failed = group.filter((it) => it.record.status === 'failed').length;
  const judged = succeeded.length + failed;
  const [p50 = null, p90 = null] = succeeded.length === 0 ? [] : quantiles(succeeded, [0.5, 0.9]).map(rounded);
  const successRate = judged === 0 ? null : Math.round((succeeded.length / judged) * 1000) / 1000;
  return { builds: group.length, succeeded: succeeded.length, failed, successRate, p50, p90 };
}

const rounded = (seconds: number): number => Math.round(seconds * 10) / 10;
