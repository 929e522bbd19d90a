/** An attestation says where a build's artifacts come from: it comes with the build's end, by who built it, and stays. */
import type { Attestation } from '../entities/attestation.ts';
import type { State } from '../state.ts';
import { has, type Step, type Transition } from './rule.ts';
import { sameValue } from './same-value.ts';

export function attestationStays({ id, before, after }: Transition<Attestation>, step: Step): readonly string[] {
  if (!before || sameValue(before, after)) return [];
  if (!after) return has(step, 'archive') ? [] : [`the attestation of ${id} vanished, and not into the archive`];
  // A job that was tried again ends again, and its holder signs for what it made.
  if (endedBy(step, id, after.agent) && after.token > before.token) return [];
  return [`the attestation of ${id} was changed`];
}

/** A person's commit cannot bring one either: nobody but the agent has its key. */
export function attestationComesWithEnd({ id, before, after }: Transition<Attestation>, step: Step): readonly string[] {
  if (before || !after || endedBy(step, id, after.agent)) return [];
  return [`the attestation of ${id} came by no end of its job on ${after.agent}`];
}

export function attestationIsOfManifest({ job, agent, token }: Attestation, state: State): readonly string[] {
  const manifest = state.manifests.get(job);
  if (manifest && manifest.agent === agent && manifest.token === token) return [];
  return [`the attestation of ${job} is of no manifest of ${agent} under token ${token}`];
}

const endedBy = ({ operations }: Step, id: string, agent: string): boolean =>
  operations.some((it) => it.operation === 'finish' && it.job === id && it.agent === agent);
