/** The inbox files among those that are proposed, taken up one after the other as an agent would. */
import { applyChanges, isPersonsWord, OPERATIONS, type State, type Time } from '@gityard/domain';
import { type RefusedFile, refusedFile } from './refused-file.ts';

export interface TakenUpProposed {
  readonly state: State;
  readonly refused: readonly RefusedFile[];
}

export function takeUpProposed(state: State, paths: readonly string[], now: Time): TakenUpProposed {
  const refused: RefusedFile[] = [];
  let current = state;
  for (const path of paths.toSorted()) {
    const file = current.queue.get(path);
    if (!file) continue;
    if (file.problem) {
      refused.push(refusedFile(path, file.problem.reason, file.problem.line));
      continue;
    }
    const ids = newIds(current, file.wishes.length);
    const by = path.replace(/\.json$/, '').slice(0, 255);
    // Whose word it is shows only when somebody has merged it.
    const wishes = file.wishes.filter((it) => !isPersonsWord(it));
    current = { ...current, queue: current.queue.with(path, { ...file, wishes }) };
    const decision = OPERATIONS['take-up'](current, { path, blob: file.blob, ids, by, now });
    if (!decision.ok) refused.push(refusedFile(path, decision.reason));
    else if (!decision.result.taken) refused.push(refusedFile(path, decision.result.reason));
    else current = applyChanges(current, decision.changes);
  }
  return { state: current, refused };
}

/** What is to come has no id yet. */
function newIds({ jobs }: State, count: number): string[] {
  const ids: string[] = [];
  for (let number = 1; ids.length < count; number++) if (!jobs.has(`new-${number}`)) ids.push(`new-${number}`);
  return ids;
}
