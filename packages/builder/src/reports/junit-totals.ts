/** Test totals of a JUnit XML file: of every suite that holds tests itself, so that nested sums count once. */
import type { TestTotals } from '@gityard/domain';
import { numbersOf } from './attributes.ts';
import { sumTotals } from './sum-totals.ts';

export function junitTotals(xml: string): TestTotals | null {
  // An opening tag directly before another one is a sum of what follows.
  const tags = xml.match(/<testsuite\b[^>]*(?:\/>|>(?!\s*<testsuite\b))/g) ?? [];
  return sumTotals(tags.map(totalsOf));
}

function totalsOf(tag: string): TestTotals {
  const number = numbersOf(tag);
  const total = number('tests');
  const failed = number('failures') + number('errors');
  const skipped = number('skipped');
  return { total, failed, skipped, passed: Math.max(0, total - failed - skipped) };
}
