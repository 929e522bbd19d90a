/** Which groups of a log are folded: at first those that have ended without an error, then as the reader likes. Pure. */
import type { Group } from '../../worker/questions/logs/log-marks.ts';
import type { LogOpened } from '../../worker/questions/logs/log-open.ts';

/** Groups by the line that names them. */
export type Folds = ReadonlySet<number>;

/** A group of one line has nothing to hide. */
const canFold = ({ lines }: Group): boolean => lines > 1;

export function foldedAtFirst({
  groups,
  errors,
  lines,
  isOver,
}: Pick<LogOpened, 'groups' | 'errors' | 'lines' | 'isOver'>): Folds {
  const hasError = (group: Group) => errors.some((line) => isWithin(group, line));
  const isOpen = (group: Group) => !isOver && group.line + group.lines >= lines;
  return new Set(
    groups.filter((group) => canFold(group) && !hasError(group) && !isOpen(group)).map(({ line }) => line),
  );
}

export const allFolded = (groups: readonly Group[]): Folds => new Set(groups.filter(canFold).map(({ line }) => line));

/** With the group that hides a line unfolded, if one does. */
export function revealing(folds: Folds, groups: readonly Group[], line: number): Folds {
  const hiding = groups.find((group) => folds.has(group.line) && line > group.line && isWithin(group, line));
  return hiding ? toggledFold(folds, hiding.line) : folds;
}

export function toggledFold(folds: Folds, line: number): Folds {
  const next = new Set(folds);
  if (!next.delete(line)) next.add(line);
  return next;
}

const isWithin = ({ line: first, lines }: Group, line: number): boolean => line >= first && line < first + lines;
