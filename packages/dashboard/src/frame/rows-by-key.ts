/**
 * Moves the focus over the rows of a page. A row is what carries `data-row`, with a link or a button inside; `failed` or
 * `stuck` as its value makes it a stop for the keys that look for those.
 */
import type { ReadModel } from '@gityard/domain';
import { isStuck } from '../rows.ts';
import { deepAll, deepClosest, deepFocus } from './deep.ts';

const LINK = 'a[href], button, summary, [tabindex]';

/** Answers whether there was such a row. */
export function focusRow(page: ParentNode, by: 1 | -1, kind?: 'failed' | 'stuck'): boolean {
  const rows = deepAll(page, '[data-row]').filter((row) => row.checkVisibility());
  const at = rows.indexOf(currentRow() ?? document.body);
  const after =
    at === -1 ? (by === 1 ? rows : [...rows].reverse()) : by === 1 ? rows.slice(at + 1) : rows.slice(0, at).reverse();
  const next = after.find((row) => kind === undefined || row.dataset.row === kind);
  if (!next) return false;
  const target = next.matches(LINK) ? next : (deepAll(next, LINK)[0] ?? next);
  if (target === next && !next.matches(LINK)) next.tabIndex = -1;
  target.focus();
  next.scrollIntoView({ block: 'nearest' });
  // The browser tells of it with its next frame, and a key that is held down is quicker than a list that draws what is seen.
  dispatchEvent(new Event('scroll'));
  return true;
}

export const currentRow = (): HTMLElement | null => deepClosest(deepFocus(), '[data-row]');

/** The job of that sort after the one that is open, round and round, for pages that have no such row. */
export function jobAfter(
  { jobs, finished }: ReadModel,
  kind: 'failed' | 'stuck',
  open: string | undefined,
): string | undefined {
  const all = kind === 'stuck' ? jobs.filter(isStuck) : finished.filter(({ status }) => status === 'failed');
  const at = all.findIndex(({ id }) => id === open);
  return all[(at + 1) % all.length]?.id;
}
