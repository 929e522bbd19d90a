/** What a run says of itself: enough to believe it, and to run it again. */
import { git } from '../git.ts';
import type { Convergence } from './converge.ts';
import type { Verdict } from './judge.ts';
import type { Played } from './stir.ts';
import type { Spread } from './timeline.ts';

export interface ChaosReport {
  readonly ok: boolean;
  readonly commit: string | null;
  /** Runs the same acts in the same order again. */
  readonly command: string;
  readonly seed: number;
  readonly seconds: number;
  readonly agents: number;
  readonly acts: Played;
  /** Requests that met each kind of fault. */
  readonly faults: Readonly<Record<string, number>>;
  readonly kills: number;
  /** Times that an agent ended by itself and was begun again. */
  readonly endings: number;
  /** Commands that people ran. */
  readonly commands: number;
  /** In the history, as the audit counted them. */
  readonly operations: number;
  readonly acked: number;
  readonly lost: number;
  readonly doubled: number;
  readonly stale: number;
  readonly overlaps: number;
  readonly jobs: number;
  readonly takeOvers: number;
  readonly recoverySeconds: { readonly afterKill: Spread; readonly afterFault: Spread };
  readonly longestOutageSeconds: number;
  readonly convergence: Convergence;
  readonly audit: { readonly ok: boolean; readonly commits: number; readonly firstViolation: unknown };
  readonly leftovers: number;
  /** What could not be done here, and why. */
  readonly notRun: Readonly<Record<string, string>>;
  readonly findings: Verdict;
}

/** Of the checkout that this program was built in; null when there is none. */
export async function currentCommit(): Promise<string | null> {
  const cwd = new URL('.', import.meta.url).pathname;
  return git(['rev-parse', 'HEAD'], { cwd }).then(
    (text) => text.trim(),
    () => null,
  );
}

export function summaryOf(report: ChaosReport): string {
  const { afterKill, afterFault } = report.recoverySeconds;
  const faults = Object.values(report.faults).reduce((sum, count) => sum + count, 0);
  const spread = ({ p50, p95, max, n }: Spread) => `p50 ${p50} s, p95 ${p95} s, max ${max} s (n ${n})`;
  return [
    `${report.ok ? 'every promise held' : 'A PROMISE WAS BROKEN'}: ${report.command}`,
    `${report.kills} kills, ${faults} requests met a fault, longest outage ${report.longestOutageSeconds} s`,
    `${report.commands} commands, ${report.acked} acknowledged, ${report.lost} lost, ${report.doubled} doubled`,
    `${report.jobs} jobs, ${report.takeOvers} take-overs, ${report.stale} stale results taken, ${report.overlaps} overlaps of a lock`,
    `next claim after a kill: ${spread(afterKill)}; after a fault: ${spread(afterFault)}`,
    `all ended ${report.convergence.seconds} s after all was well; audit of ${report.audit.commits} commits: ${report.audit.ok ? 'every rule holds' : JSON.stringify(report.audit.firstViolation)}`,
    ...Object.entries(report.notRun).map(([act, why]) => `not run: ${act}: ${why}`),
    ...Object.values(report.findings).flat().slice(0, 20),
    ...report.convergence.missing.slice(0, 20),
    ...(report.leftovers > 0 ? [`${report.leftovers} programs outlived the run`] : []),
  ].join('\n');
}
