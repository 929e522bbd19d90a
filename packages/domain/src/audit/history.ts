/** What the history tells of the fleet is noted by its operation, and an hour that is over stays as it was. */
import type { HistoryHour } from '../entities/history-hour.ts';
import { has, type Step, type Transition } from './rule.ts';
import { sameValue } from './same-value.ts';

export function historyStays({ id, before, after }: Transition<HistoryHour>, step: Step): readonly string[] {
  if (has(step, 'import')) return [];
  if (!has(step, 'note-health'))
    return [`the hour ${id} of the history was ${before ? 'changed' : 'added'} by no note of it`];
  // Its days in the tree are over.
  if (!before || !after) return [];
  const lost =
    before.changes.length >= MOST_KEPT ? [] : before.changes.filter((it, at) => !sameValue(it, after.changes[at]));
  const closedAgain = before.figures !== null && !sameValue(before.figures, after.figures);
  return [
    ...(lost.length > 0 ? [`changes of agents were taken from the hour ${id} of the history`] : []),
    ...(closedAgain ? [`the figures of the hour ${id} were changed after it was over`] : []),
  ];
}

/** From then on the oldest make room. */
const MOST_KEPT = 900;
