/** Test totals of a TRX file, the report of `dotnet test`. */
import type { TestTotals } from '@gityard/domain';
import { numbersOf } from './attributes.ts';

export function trxTotals(xml: string): TestTotals | null {
  const tag = /<Counters\b[^>]*>/.exec(xml)?.[0];
  if (!tag) return null;
  const number = numbersOf(tag);
  const total = number('total');
  const passed = number('passed');
  const failed = number('failed') + number('error') + number('timeout') + number('aborted');
  // Skipped tests count in the total and nowhere else; "notExecuted" is 0 whatever was skipped.
  return { total, passed, failed, skipped: Math.max(0, total - passed - failed) };
}
