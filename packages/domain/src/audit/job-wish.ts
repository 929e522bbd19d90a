/** Who asked and when stays as it was; what was asked for changes only while a job waits, so that it tells what was built. */
import type { Job } from '../entities/job.ts';
import { operationsOn, type Step, type Transition } from './rule.ts';
import { sameValue } from './same-value.ts';

const ORIGIN = ['submittedAt', 'submittedBy'] as const;
const WISH = [
  'repository',
  'branch',
  'commit',
  'toolchain',
  'strategy',
  'strategyNamed',
  'command',
  'parameters',
  'task',
  'update',
] as const;
/** What the holder finds out by building. */
const FOUND_OUT: readonly string[] = ['branch', 'commit'];

export function originStays({ id, before, after }: Transition<Job>): readonly string[] {
  if (!before || !after) return [];
  return changed(ORIGIN, before, after).map((field) => `${field} of job ${id} was changed`);
}

export function wishStays({ id, before, after }: Transition<Job>, step: Step): readonly string[] {
  if (!before || !after || before.status === 'queued') return [];
  const isFinishing = operationsOn(step, id).some((it) => it.operation === 'finish' || it.operation === 'split');
  return changed(WISH, before, after)
    .filter((field) => !(isFinishing && FOUND_OUT.includes(field)))
    .map((field) => `${field} of job ${id} was changed while it was ${before.status}`);
}

const changed = (fields: readonly (keyof Job)[], before: Job, after: Job): readonly (keyof Job)[] =>
  fields.filter((field) => !sameValue(before[field], after[field]));
