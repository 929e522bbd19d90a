/** What people were told is noted by the operations that tell it: nobody else can know. */
import type { Notices } from '../entities/notices.ts';
import { has, type Step, type Transition } from './rule.ts';

/** Taking such a file away only makes it be told once more. */
export function noticesStay({ id, after }: Transition<Notices>, step: Step): readonly string[] {
  if (!after || has(step, 'announce', 'assure', 'import')) return [];
  return [`what was told by ${id} was changed by no notification`];
}
