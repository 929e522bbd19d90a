/**
 * What the stage that tests says of its tests: "10 tests, 3 failed", and each report that was not read. That one is a warning
 * of the stage as well: totals must not look whole where a part of them is missing.
 */
import type { TestTotals } from '@gityard/domain';
import type { BuildContext } from '../build-context.ts';
import type { StageName } from '../stages/stage-book.ts';

const NAMED = 3;

/** Null: no report told of tests. */
export function totalsText(tests: TestTotals | null): string | null {
  if (tests === null) return null;
  const { total, failed, skipped } = tests;
  const parts = [`${total} ${total === 1 ? 'test' : 'tests'}`, ...(failed > 0 ? [`${failed} failed`] : [])];
  return [...parts, ...(skipped > 0 ? [`${skipped} skipped`] : [])].join(', ');
}

/** To be called once, when the stage is at its end. Null: all of them were read. */
export function tellUnread({ found, stages }: Pick<BuildContext, 'found' | 'stages'>, stage: StageName): string | null {
  const { unreadReports: unread } = found;
  if (unread.length === 0) return null;
  stages.count(stage, { warnings: unread.length, errors: 0 });
  const more = unread.length > NAMED ? [`and ${unread.length - NAMED} more reports`] : [];
  return [...unread.slice(0, NAMED), ...more].join('; ');
}
