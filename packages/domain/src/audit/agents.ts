/** Who holds a job has a name in the yard: an agent is struck off only when it holds none. */
import type { Agent } from '../entities/agent.ts';
import { boardOf } from '../scheduling/board.ts';
import type { Step, Transition } from './rule.ts';

/** Looks through all jobs, and therefore only when an agent is gone. */
export function holderKeepsName({ id, before, after }: Transition<Agent>, step: Step): readonly string[] {
  if (!before || after) return [];
  const held = boardOf(step.after).heldBy.get(id) ?? [];
  return held.length > 0 ? [`agent ${id} vanished while it held ${held.map((it) => it.id).join(', ')}`] : [];
}
