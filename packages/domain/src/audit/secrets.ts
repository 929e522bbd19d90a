/** Sealed secrets, and the keys that they are sealed for, change by operations alone: who could swap either could learn a value. */
import type { Agent } from '../entities/agent.ts';
import type { Secret } from '../entities/secret.ts';
import { has, type Step, type Transition } from './rule.ts';

export function secretsComeByOperation({ id, after }: Transition<Secret>, step: Step): readonly string[] {
  if (!after) return has(step, 'remove-secret') ? [] : [`secret ${id} vanished by no operation`];
  return has(step, 'set-secret') ? [] : [`secret ${after.name} was changed by no operation`];
}

export function recipientComesByRegistration({ id, before, after }: Transition<Agent>, step: Step): readonly string[] {
  if (!after || (after.ageRecipient ?? null) === (before?.ageRecipient ?? null)) return [];
  return has(step, 'register', 'import') ? [] : [`the key that secrets are sealed for was changed for agent ${id}`];
}
