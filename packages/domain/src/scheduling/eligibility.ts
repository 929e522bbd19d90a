/**
 * Whether an agent could ever run a job: it must have ALL labels and meet ALL requirements, and its own policy must let
 * the job in. Says nothing of whether it is free now. (Matching any one label made specialised workers impossible: trap X2.)
 */
import type { Agent } from '../entities/agent.ts';
import type { Job } from '../entities/job.ts';
import { meets, requirementsOf } from './capability.ts';
import { tooSmall } from './reservation.ts';

/** What keeps this agent from running this job, as words; empty when it can. */
export function misfits(agent: Agent, job: Job): readonly string[] {
  if (job.assignedTo !== null && job.assignedTo !== agent.id) return [`is not the assigned ${job.assignedTo}`];
  const labels = job.labels.filter((label) => !hasLabel(agent, label)).map((label) => `lacks label ${label}`);
  const requires = requirementsOf(job)
    .filter((it) => !meets(agent.capabilities, it))
    .map((it) => `lacks ${it}`);
  return [...sort(agent, job), ...labels, ...requires, ...tooSmall(agent, job), ...forbidden(agent, job)];
}

export const canRun = (agent: Agent, job: Job): boolean => misfits(agent, job).length === 0;

/** A task is nothing that a build agent could run, and a task receiver has nothing but its processor. */
function sort(agent: Agent, job: Job): readonly string[] {
  const isTask = job.task !== null;
  if (isTask === agent.tasks) return [];
  return [isTask ? 'takes no tasks' : 'takes nothing but tasks'];
}

/** An agent answers to its labels, its pool and its own name. */
function hasLabel(agent: Agent, label: string): boolean {
  const wanted = label.toLowerCase();
  return [agent.id, agent.pool, ...agent.labels].some((it) => it.toLowerCase() === wanted);
}

function forbidden(agent: Agent, job: Job): readonly string[] {
  const { repositories, commands } = agent.allows;
  const reasons: string[] = [];
  if (job.repository !== null && !isListed(repositories, job.repository))
    reasons.push(`does not allow ${job.repository}`);
  if (job.command !== null && !commands) reasons.push('does not allow commands');
  return reasons;
}

/** Nothing at all can ever be built on it: a server that only reports. */
export const allowsNothing = ({ allows, tasks }: Agent): boolean =>
  !tasks && !allows.commands && allows.repositories.length === 0;

/** A policy lists addresses; a trailing `*` stands for whatever follows. */
export function isListed(patterns: readonly string[], address: string): boolean {
  return patterns.some((it) => (it.endsWith('*') ? address.startsWith(it.slice(0, -1)) : it === address));
}
