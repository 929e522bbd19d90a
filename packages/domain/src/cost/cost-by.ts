/** Costs put together by what somebody asks about, the dearest first; what has no amount stands last, with its time. */
import type { Job } from '../entities/job.ts';
import { namespaceOf } from '../namespaces/namespace-of.ts';
import { personOf } from '../people/people.ts';
import { submitterOf } from '../scheduling/shares.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import { type Cost, costOf } from './cost-of.ts';

export const COST_GROUPS = ['project', 'branch', 'person', 'namespace', 'agent'] as const;
type CostGroup = (typeof COST_GROUPS)[number];

export interface CostRow extends Cost {
  /** null: of those that have none. */
  readonly name: string | null;
  readonly jobs: number;
}

export interface CostBy {
  readonly by: CostGroup;
  readonly since: Time;
  readonly now: Time;
}

/** What the parts of a job cost is told with it; they are no jobs of anybody. */
export function costBy(
  state: Pick<State, 'yard' | 'agents'>,
  jobs: readonly Job[],
  { by, since, now }: CostBy,
): { readonly total: Cost; readonly rows: readonly CostRow[] } {
  const span = { since, now };
  const groups = new Map<string | null, Job[]>();
  const worked = jobs.filter((it) => costOf(state, [it], span).seconds > 0);
  for (const job of worked) {
    for (const [name, part] of piecesOf(state, job, by)) {
      const group = groups.get(name);
      if (group) group.push(part);
      else groups.set(name, [part]);
    }
  }
  const rows = [...groups].map(([name, own]) => ({ name, jobs: wholeJobs(own), ...costOf(state, own, span) }));
  return { total: costOf(state, worked, span), rows: rows.filter((it) => it.seconds > 0).sort(dearestFirst) };
}

const wholeJobs = (jobs: readonly Job[]): number => jobs.filter((it) => it.parent === null).length;

const dearestFirst = (a: CostRow, b: CostRow): number =>
  (b.amount ?? -1) - (a.amount ?? -1) || b.seconds - a.seconds || ((a.name ?? '') < (b.name ?? '') ? -1 : 1);

/** A job may have run on several agents; of all else it has one. */
function piecesOf(state: Pick<State, 'yard'>, job: Job, by: CostGroup): readonly (readonly [string | null, Job])[] {
  if (by !== 'agent') return [[nameOf(state, job, by), job]];
  const agents = [...new Set(job.attempts.map((it) => it.agent))];
  return agents.map((agent) => [agent, { ...job, attempts: job.attempts.filter((it) => it.agent === agent) }]);
}

function nameOf({ yard }: Pick<State, 'yard'>, job: Job, by: Exclude<CostGroup, 'agent'>): string | null {
  if (by === 'project') return job.repository;
  if (by === 'branch') return job.branch;
  if (by === 'namespace') return namespaceOf(yard, job);
  const name = job.committedBy ?? submitterOf(job);
  return personOf(yard, name) ?? name;
}
