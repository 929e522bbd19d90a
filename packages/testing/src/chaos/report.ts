/** What a run says of itself: enough to believe it, and to run it again. */
import { git } from '../git.ts';
import type { Ack } from './acks.ts';
import { ACTS } from './acts/list.ts';
import type { Audited } from './audit-of.ts';
import type { Convergence } from './converge.ts';
import type { Evidence } from './evidence.ts';
import { isClean, judge, type Verdict } from './judge.ts';
import type { Played } from './stir.ts';
import type { Spread } from './timeline.ts';
import type { World } from './world.ts';

export interface ChaosReport {
  readonly ok: boolean;
  readonly commit: string | null;
  /** Runs the same acts in the same order again. */
  readonly command: string;
  readonly seed: number;
  readonly seconds: number;
  readonly agents: number;
  /** How much slower than a calm machine this one was; leases and limits were longer by as much. */
  readonly pace: number;
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

export interface Lived {
  readonly options: { readonly seconds: number; readonly agents: number; readonly seed: number };
  readonly pace: number;
  readonly world: World;
  readonly played: Played;
  readonly commands: number;
  readonly convergence: Convergence;
  readonly audit: Audited;
  readonly evidence: Evidence;
  readonly acks: readonly Ack[];
}

export async function reportOf(lived: Lived): Promise<ChaosReport> {
  const { options, pace, world, played, commands, convergence, audit, evidence, acks } = lived;
  const { seconds, agents, seed } = options;
  const { timeline } = world;
  const findings = judge(evidence, acks);
  return {
    ok: isClean(findings) && audit.ok && convergence.isConverged,
    commit: await currentCommit(),
    command: `npm run chaos -- --seconds ${seconds} --agents ${agents} --seed ${seed}`,
    seed,
    seconds,
    agents,
    pace,
    acts: played,
    faults: faultsOf(world),
    kills: timeline.killCount,
    endings: world.agents.reduce((sum, agent) => sum + agent.endings, 0),
    commands,
    operations: audit.operations,
    acked: acks.length,
    lost: findings.lost.length,
    doubled: findings.doubled.length,
    stale: findings.stale.length,
    overlaps: findings.overlaps.length,
    jobs: evidence.jobs.length,
    takeOvers: evidence.jobs.flatMap((job) => job.attempts).filter((it) => it.status === 'lost').length,
    recoverySeconds: { afterKill: timeline.afterKills(), afterFault: timeline.afterHeals() },
    longestOutageSeconds: Math.round(timeline.longestOutageMs / 100) / 10,
    convergence,
    audit,
    leftovers: 0,
    notRun: notRun(world),
    findings,
  };
}

function faultsOf({ networks }: World): Record<string, number> {
  const total: Record<string, number> = {};
  for (const { faults } of networks.values())
    for (const [name, count] of Object.entries(faults)) if (name !== 'ok') total[name] = (total[name] ?? 0) + count;
  return total;
}

function notRun(world: World): Record<string, string> {
  return Object.fromEntries(
    ACTS.flatMap((act) => {
      const why = act.missing?.(world);
      return why === undefined ? [] : [[act.name, why]];
    }),
  );
}

/** Of the checkout that this program was built in; null when there is none. */
export async function currentCommit(): Promise<string | null> {
  const cwd = new URL('.', import.meta.url).pathname;
  return git(['rev-parse', 'HEAD'], { cwd }).then(
    (text) => text.trim(),
    () => null,
  );
}
