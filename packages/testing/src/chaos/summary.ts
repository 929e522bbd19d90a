/** The reports of runs as a few lines for a terminal: the verdict first, then the figures, then what is wrong. */
import type { OutageReport } from './outage-report.ts';
import type { ChaosReport } from './report.ts';
import type { Spread } from './timeline.ts';

const MOST_FINDINGS = 20;

export function summaryOf(report: ChaosReport): string {
  const { afterKill, afterFault } = report.recoverySeconds;
  const faults = Object.values(report.faults).reduce((sum, count) => sum + count, 0);
  const spread = ({ p50, p95, max, n }: Spread) => `p50 ${p50} s, p95 ${p95} s, max ${max} s (n ${n})`;
  return [
    `${report.ok ? 'every promise held' : 'A PROMISE WAS BROKEN'}: ${report.command}`,
    `${report.kills} kills, ${faults} requests met a fault, longest outage ${report.longestOutageSeconds} s`,
    ...(report.pace > 1 ? [`a busy machine: leases and limits were ${report.pace} times as long`] : []),
    `${report.commands} commands, ${report.acked} acknowledged, ${report.lost} lost, ${report.doubled} doubled`,
    `${report.jobs} jobs, ${report.takeOvers} take-overs, ${report.stale} stale results taken, ${report.overlaps} overlaps of a lock`,
    `next claim after a kill: ${spread(afterKill)}; after a fault: ${spread(afterFault)}`,
    `all ended ${report.convergence.seconds} s after all was well; audit of ${report.audit.commits} commits: ${report.audit.ok ? 'every rule holds' : JSON.stringify(report.audit.firstViolation)}`,
    ...Object.entries(report.notRun).map(([act, why]) => `not run: ${act}: ${why}`),
    ...Object.values(report.findings).flat().slice(0, MOST_FINDINGS),
    ...report.convergence.missing.slice(0, MOST_FINDINGS),
    ...(report.leftovers > 0 ? [`${report.leftovers} programs outlived the run`] : []),
  ].join('\n');
}

export function outageSummary(report: OutageReport): string {
  const { before, peak } = report;
  const MB = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`;
  return [
    `${report.ok ? 'every promise held' : 'A PROMISE WAS BROKEN'}: ${report.command}`,
    `${report.endedMeanwhile} of ${report.builds} builds ended in ${report.outageSeconds} s without the remote`,
    `${report.present} results are there, ${report.presentAtFirstTry} at the first try, the last ${report.secondsToLastResult} s after it was back`,
    `the heaviest agent: ${MB(before.residentBytes)} resident before, ${MB(peak.residentBytes)} at most; its home ${MB(before.homeBytes)}, then ${MB(peak.homeBytes)}`,
    `audit: ${report.audit.ok ? 'every rule holds' : 'A RULE IS BROKEN'}`,
    ...Object.values(report.findings).flat(),
  ].join('\n');
}
