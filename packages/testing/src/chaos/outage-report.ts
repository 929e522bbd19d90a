/** What an outage says of itself, and whether waiting cost more than it may. */
import type { Audited } from './audit-of.ts';
import type { Evidence } from './evidence.ts';
import { isClean, judge, type Verdict } from './judge.ts';
import { currentCommit } from './report.ts';
import type { Weight } from './weigh.ts';

export interface OutageReport {
  readonly ok: boolean;
  readonly commit: string | null;
  readonly command: string;
  readonly outageSeconds: number;
  readonly builds: number;
  /** That had come to their end before the remote was back. */
  readonly endedMeanwhile: number;
  /** Results that were there in the end, and those of them that needed no second try. */
  readonly present: number;
  readonly presentAtFirstTry: number;
  readonly secondsToLastResult: number;
  /** Of the heaviest agent: when the remote went, and at its worst until it was back. */
  readonly before: Weight;
  readonly peak: Weight;
  readonly findings: Verdict;
  readonly audit: { readonly ok: boolean };
  readonly leftovers: number;
}

export type Lived = Pick<OutageReport, 'endedMeanwhile' | 'secondsToLastResult' | 'before' | 'peak'>;

export interface OutageFound {
  readonly seconds: number;
  readonly agents: number;
  readonly builds: number;
  readonly lived: Lived;
  readonly audit: Audited;
  readonly evidence: Evidence;
}

/** What waiting may cost an agent at most. */
const MOST_MORE_RESIDENT_BYTES = 96 << 20;
const MOST_MORE_HOME_BYTES = 16 << 20;

export async function outageReportOf(found: OutageFound): Promise<OutageReport> {
  const { seconds, agents, builds, lived, audit, evidence } = found;
  const findings = judge(evidence, []);
  const present = evidence.jobs.filter((it) => it.status === 'succeeded');
  return {
    ok: isClean(findings) && audit.ok && present.length === builds && isLight(lived),
    commit: await currentCommit(),
    command: `npm run chaos -- --outage ${seconds} --agents ${agents} --builds ${builds}`,
    outageSeconds: seconds,
    builds,
    ...lived,
    present: present.length,
    presentAtFirstTry: present.filter((it) => it.token === 1).length,
    findings,
    audit: { ok: audit.ok },
    leftovers: 0,
  };
}

function isLight({ before, peak }: Pick<Lived, 'before' | 'peak'>): boolean {
  return (
    peak.residentBytes - before.residentBytes <= MOST_MORE_RESIDENT_BYTES &&
    peak.homeBytes - before.homeBytes <= MOST_MORE_HOME_BYTES
  );
}
