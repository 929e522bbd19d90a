/**
 * Whether an agent could ever run a job: it must have ALL labels and meet ALL requirements, and its own policy must let
 * the job in. Says nothing of whether it is free now. (Matching any one label made specialised workers impossible: trap X2.)
 */
import type { Agent } from '../entities/agent.ts';
import type { Job } from '../entities/job.ts';
import { meets, requirementsOf } from './capability.ts';
import { denials } from './permission.ts';
import { tooSmall } from './reservation.ts';

/** What keeps this agent from running this job, as words; empty when it can. */
export function misfits(agent: Agent, job: Job): readonly string[] {
  if (job.assignedTo !== null && job.assignedTo !== agent.id) return [`is not the assigned ${job.assignedTo}`];
  const labels = job.labels.filter((label) => !hasLabel(agent, label)).map((label) => `lacks label ${label}`);
  const requires = requirementsOf(job)
    .filter((it) => !meets(agent.capabilities, it))
    .map((it) => `lacks ${it}`);
  return [
    ...sort(agent, job),
    ...labels,
    ...requires,
    ...tooSmall(agent, job),
    ...forbidden(agent, job),
    ...untrusted(agent, job),
  ];
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

const forbidden = ({ allows }: Agent, job: Job): readonly string[] =>
  denials(allows, job).map(({ what }) => `does not allow ${what}`);

/** By the word of the job: whether the signature is good, the agent finds out by itself before it claims. */
function untrusted({ allows }: Agent, { signature, parent }: Job): readonly string[] {
  const { signatures, signers } = allows;
  if (signature === null) return signatures === 'required' && parent === null ? ['wants a signed job'] : [];
  if (signers === undefined && signatures !== 'required') return [];
  return signers?.includes(signature.key ?? '') ? [] : ['wants a signature by a key it knows'];
}

/** Nothing at all can ever be built on it: a server that only reports. */
export const allowsNothing = ({ allows, tasks }: Agent): boolean =>
  !tasks && !allows.commands && (allows.programs ?? []).length === 0 && allows.repositories.length === 0;
