/** Adds up the totals of several reports; reports that say nothing count as absent, and none at all stays "unknown". */
import type { TestTotals } from '@gityard/domain';

export function sumTotals(totals: readonly (TestTotals | null)[]): TestTotals | null {
  const known = totals.filter((it): it is TestTotals => it !== null);
  if (known.length === 0) return null;
  return known.reduce((a, b) => ({
    total: a.total + b.total,
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  }));
}
