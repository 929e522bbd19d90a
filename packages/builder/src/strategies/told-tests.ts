/** What the tests of one project came to, so that a cache can know it without running them. */
import type { TestTotals } from '@gityard/domain';
import type { BuildContext } from '../build-context.ts';
import type { Project } from '../graph/project-graph.ts';
import { readReports } from '../reports/read-reports.ts';
import type { Plan } from '../toolchains/toolchain.ts';

const COARSE_MS = 20;

export interface TestedProject {
  readonly project: Project;
  readonly plan: Plan;
  readonly since: Date;
  /** What its commands printed, the end. */
  readonly output: string;
}

export async function toldTests(build: BuildContext, tested: TestedProject): Promise<TestTotals | null> {
  const { source, reports } = build.folders;
  const { plan, output } = tested;
  // Reports count from a little before the given moment on, and those of the tests before were written until just now.
  const since = new Date(tested.since.getTime() + COARSE_MS);
  return (await readReports({ source, reports, patterns: { ...plan.reports, coverage: [] }, since, output })).tests;
}

export function withKnown(tests: TestTotals | null, known: readonly TestTotals[]): TestTotals | null {
  if (known.length === 0) return tests;
  const all = tests ? [tests, ...known] : known;
  const sum = (field: keyof TestTotals) => all.reduce((total, it) => total + it[field], 0);
  return { total: sum('total'), passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}
