/** The fencing token: it never falls, rises by one with every claim and by nothing else (by more with the first after a restore), and holders act only under the current one. */
import type { Job } from '../entities/job.ts';
import { nextToken } from '../scheduling/next-token.ts';
import { claimsOf, comesFromElsewhere, type Step, type Transition } from './rule.ts';

export function tokenFollows({ id, before, after }: Transition<Job>, step: Step): readonly string[] {
  if (!after || comesFromElsewhere({ before, after }, step)) return [];
  const from = before?.token ?? 0;
  if (after.token < from) return [`the token of job ${id} fell from ${from} to ${after.token}`];
  const claims = claimsOf(step, id);
  if (after.token === (claims === 0 ? from : nextToken(step.before, from) + claims - 1)) return [];
  return [`the token of job ${id} went from ${from} to ${after.token} with ${claims} claims`];
}

const UNDER_A_TOKEN: readonly string[] = ['claim', 'start', 'progress', 'finish', 'split', 'requeue'];
const BY_THE_HOLDER: readonly string[] = ['start', 'progress', 'finish', 'split'];

/** Walks the operations of one commit in their order, because a claim among them changes what is current. */
export function actsUnderCurrentToken({ id, before }: Transition<Job>, step: Step): readonly string[] {
  let current = before?.token ?? 0;
  const stale: string[] = [];
  for (const { operation, job, token } of step.operations) {
    if (job !== id || !UNDER_A_TOKEN.includes(operation)) continue;
    if (operation === 'claim') current = nextToken(step.before, current);
    if (token !== current) stale.push(`${operation} of job ${id} under token ${token}, when ${current} was current`);
  }
  return stale;
}

/** A requeue is somebody else's act by its nature; what else is done to a held job its holder does. */
export function actsAsHolder({ id, before }: Transition<Job>, step: Step): readonly string[] {
  let holder = before?.agent ?? null;
  const others: string[] = [];
  for (const { operation, job, agent } of step.operations) {
    if (job !== id) continue;
    if (operation === 'claim') holder = agent;
    if (BY_THE_HOLDER.includes(operation) && agent !== holder)
      others.push(`${operation} of job ${id} by ${agent ?? 'nobody'}, when ${holder ?? 'nobody'} held it`);
  }
  return others;
}
