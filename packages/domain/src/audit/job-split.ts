/** A job is split by its holder, into parts that come with that and end with it; nobody makes a part of a job by hand. */
import type { Job } from '../entities/job.ts';
import { isHeld } from '../entities/job.ts';
import { boardOf } from '../scheduling/board.ts';
import { isByHand, type Step, type Transition } from './rule.ts';
import { sameValue } from './same-value.ts';

const by = (step: Step, jobId: string, ...names: readonly string[]): boolean =>
  step.operations.some((it) => it.job === jobId && names.includes(it.operation));

export function partsComeBySplit({ id, before, after }: Transition<Job>, step: Step): readonly string[] {
  if (!after) return [];
  const was = { parent: before?.parent ?? null, part: before?.part ?? null };
  if (sameValue(was, { parent: after.parent, part: after.part })) return [];
  const isMade = !before && after.parent !== null && by(step, after.parent, 'split');
  const isListed = step.after.jobs.get(after.parent ?? '')?.split?.children.includes(id) ?? false;
  // Split and ended in one commit, the parent may have been opened again.
  return isMade && (isListed || by(step, after.parent ?? '', 'retry'))
    ? []
    : [`job ${id} became a part of job ${after.parent} by no split`];
}

export function splitsByHolder({ id, before, after }: Transition<Job>, step: Step): readonly string[] {
  if (!after) return [];
  const [was, is] = [before?.split ?? null, after.split];
  if (sameValue(was, is) || by(step, id, 'split', 'retry') || step.operations.some((it) => it.operation === 'take-up'))
    return [];
  const isToldOnly = was !== null && is !== null && sameValue({ ...was, failure: null }, { ...is, failure: null });
  if (isToldOnly && !isByHand(step)) return [];
  return [`job ${id} was given other parts by no split`];
}

/** Only what is claimed is judged: an agent may register with less than it had. */
export function reservationFits({ id, before, after }: Transition<Job>, step: Step): readonly string[] {
  if (!after?.reserves || !isHeld(after) || after.agent === null || (before && before.token === after.token)) return [];
  const { agent, reserves } = after;
  const held = boardOf(step.after).heldBy.get(agent) ?? [];
  const sizes = [step.before, step.after].flatMap((it) => it.agents.get(agent)?.capabilities ?? []);
  if (sizes.length === 0) return [];
  return (['cores', 'memoryGB'] as const)
    .filter((kind) => reserves[kind] > 0)
    .filter(
      (kind) =>
        held.reduce((sum, it) => sum + (it.reserves?.[kind] ?? 0), 0) > Math.max(...sizes.map((it) => it[kind])),
    )
    .map((kind) => `job ${id} was claimed by ${agent}, which has fewer ${kind} than its jobs reserve`);
}
