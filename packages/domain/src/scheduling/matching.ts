/**
 * The agents that could ever run a job, and when there is none, which comes nearest. Jobs come in few shapes, so the answer is
 * worked out once per shape and version of the agents: a page that explains a thousand jobs does not compare each with all.
 */
import type { Agent } from '../entities/agent.ts';
import type { Job } from '../entities/job.ts';
import type { State } from '../state.ts';
import type { Table } from '../table.ts';
import type { Time } from '../time.ts';
import { asAsked } from './as-asked.ts';
import { misfits } from './eligibility.ts';

export interface Match {
  /** By name, since a table has no order to show. */
  readonly agents: readonly Agent[];
  readonly nearest: { readonly agent: Agent; readonly lacks: readonly string[] } | undefined;
}

const MOST_SHAPES = 1000;
const known = new WeakMap<Table<Agent>, Map<string, Match>>();

export function matchOf(state: State, asked: Job, now: Time): Match {
  const job = asAsked(state, asked, now);
  const shapes = known.get(state.agents) ?? new Map<string, Match>();
  known.set(state.agents, shapes);
  const shape = shapeOf(job);
  const match = shapes.get(shape) ?? compare(state, job);
  if (shapes.size >= MOST_SHAPES) shapes.clear();
  shapes.set(shape, match);
  return match;
}

/** Of a fleet without agents nobody knows yet. */
export const fitsNobody = (state: State, job: Job, now: Time): boolean =>
  state.agents.size > 0 && matchOf(state, job, now).agents.length === 0;

function compare(state: State, job: Job): Match {
  const compared = [...state.agents].map((agent) => ({ agent, lacks: misfits(agent, job) }));
  const [nearest, ...others] = compared.sort(
    (a, b) => a.lacks.length - b.lacks.length || (a.agent.id < b.agent.id ? -1 : 1),
  );
  if (!nearest) return { agents: [], nearest };
  const agents = [nearest, ...others].filter((it) => it.lacks.length === 0).map((it) => it.agent);
  // Whoever it was assigned to is the only one worth comparing with.
  return { agents, nearest: compared.find((it) => it.agent.id === job.assignedTo) ?? nearest };
}

/** Everything of a job that eligibility looks at. */
function shapeOf({ assignedTo, labels, requires, reserves, task, parent, signature, ...job }: Job): string {
  const { toolchain, repository, branch, command, secrets, update } = job;
  const allowed = [toolchain, repository, branch, command?.[0] ?? null, secrets, update?.source];
  return JSON.stringify([
    assignedTo,
    labels,
    requires,
    reserves,
    task !== null,
    allowed,
    parent !== null,
    signature?.key,
  ]);
}
