/**
 * Who is to change to a program, and in which order: each round waits for all of the one before, so that the queue itself rolls an
 * update out, and stops when one fails. Pure.
 */
import { type Agent, denials, type Job, type Update } from '@gityard/domain';

export interface PlannedUpdate {
  readonly agent: string;
  readonly id: string;
  readonly needs: readonly string[];
}

export interface UpdatePlan {
  readonly updates: readonly PlannedUpdate[];
  readonly skipped: readonly { readonly agent: string; readonly why: string }[];
}

interface Planning {
  readonly update: Update;
  /** How many at once. */
  readonly atOnce: number;
  readonly jobs: Iterable<Job>;
  readonly newId: () => string;
}

export function planUpdates(agents: readonly Agent[], { update, atOnce, jobs, newId }: Planning): UpdatePlan {
  const open = [...jobs].filter((it) => it.update && ['queued', 'claimed', 'running'].includes(it.status));
  const judged = agents.map((agent) => ({ agent: agent.id, why: whyNot(agent, update, open) }));
  const updates: PlannedUpdate[] = [];
  for (const { agent } of judged.filter(({ why }) => why === null)) {
    const round = Math.floor(updates.length / atOnce);
    const needs = updates.slice(Math.max(0, (round - 1) * atOnce), round * atOnce).map((it) => it.id);
    updates.push({ agent, id: newId(), needs });
  }
  return { updates, skipped: judged.flatMap(({ agent, why }) => (why === null ? [] : [{ agent, why }])) };
}

function whyNot(agent: Agent, update: Update, open: readonly Job[]): string | null {
  const under = open.find((it) => it.assignedTo === agent.id);
  if (under) return `is to change to ${under.update?.version} first, by job ${under.id}`;
  if (agent.version === update.version) return `runs ${update.version} already`;
  if (agent.tasks) return 'only takes tasks';
  const [denial] = denials(agent.allows, asked(update));
  return denial ? `does not allow ${denial.what}: gityard agent allow ${denial.allow.join(' ')}` : null;
}

const asked = (update: Update) => ({
  ...{ repository: null, branch: null, toolchain: null, command: null, secrets: [] },
  update,
});
