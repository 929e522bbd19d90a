/** What a soak tells in the end, for people. */
import type { Totals } from './run-seeds.ts';

export function reportText(totals: Totals): string {
  const { seeds, virtualHours, commits, operations, acknowledged, takeOvers, cuts, faults, failures } = totals;
  const kinds = [...faults].sort(([, a], [, b]) => b - a).map(([kind, count]) => `${kind} ${count}`);
  return [
    `${seeds} seeds, ${virtualHours.toFixed(1)} hours of simulated time`,
    `${commits} commits with ${operations} operations, ${acknowledged} calls answered with yes`,
    `${takeOvers} jobs taken from holders that were gone, ${cuts} cuts of the history`,
    `faults: ${kinds.join(', ') || 'none'}`,
    failures.length === 0
      ? 'nothing lost, nothing doubled, every rule kept'
      : `${failures.length} seeds found something:`,
    ...failures,
  ].join('\n');
}
