/** What a process did with the remote of its yard, and how good the connection is, as every program of ours tells it. */
import { METRICS } from './list.ts';
import type { Meter } from './meter.ts';
import { NO_LABELS } from './metric.ts';

export interface RemoteFacts {
  readonly connection: { readonly state: string; readonly lastContactAt: string | null };
  readonly counters: Readonly<Record<'state' | 'live' | 'logs', RefCounters>>;
  /** null: pushes are not counted. */
  readonly budget: { readonly perMinute: number; readonly used: number; readonly left: number } | null;
}
interface RefCounters {
  readonly commits: number;
  readonly conflicts: number;
  readonly unclear: number;
  readonly pushes: number;
  readonly fetches: number;
}

const { commits, conflicts, unclear, pushes, requests, remoteUp, remoteContact, budgetLimit, budgetUsed, budgetLeft } =
  METRICS.yard;

export function tellRemote(meter: Meter, { connection, counters, budget }: RemoteFacts): void {
  const { state, lastContactAt } = connection;
  meter.set(remoteUp, NO_LABELS, state === 'live' || state === 'late' ? 1 : 0);
  meter.forget(remoteContact);
  if (lastContactAt !== null) meter.set(remoteContact, NO_LABELS, Date.parse(lastContactAt) / 1000);
  for (const [ref, it] of Object.entries(counters)) {
    meter.reach(commits, { ref }, it.commits);
    meter.reach(conflicts, { ref }, it.conflicts);
    meter.reach(unclear, { ref }, it.unclear);
    meter.reach(pushes, { ref }, it.pushes);
    meter.reach(requests, { ref, kind: 'push' }, it.pushes);
    meter.reach(requests, { ref, kind: 'fetch' }, it.fetches);
  }
  for (const it of [budgetLimit, budgetUsed, budgetLeft]) meter.forget(it);
  if (!budget) return;
  meter.set(budgetLimit, NO_LABELS, budget.perMinute);
  meter.set(budgetUsed, NO_LABELS, budget.used);
  meter.set(budgetLeft, NO_LABELS, budget.left);
}
