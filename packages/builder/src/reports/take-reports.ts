/** Reads the reports of a build into what it found: totals, the first failures, coverage, and how known tests ended. */
import type { BuildContext } from '../build-context.ts';
import type { TestRuns } from '../contract.ts';
import { COMMAND_STAGES, type Plan, type ReportPatterns } from '../toolchains/toolchain.ts';
import { type Reports, readReports } from './read-reports.ts';
import { asFailedTest } from './summarise.ts';
import { fullName } from './test-case.ts';

const FAILED_IN_RESULT = 20;
const FLAKY_IN_RESULT = 20;
const FAILED_RUNS = 200;
const UNREAD = 20;

export async function takeReports(build: BuildContext, plan: Plan, output: string): Promise<Reports> {
  const { folders, found, redaction } = build;
  const { source, reports: folder } = folders;
  const patterns = both(plan.reports, found.recipe.reports);
  const places = { source, reports: folder, patterns, since: beganAt(build) };
  const reports = await readReports({ ...places, output, clean: redaction.text });
  const { tests, told, coverage, notes } = reports;
  found.tests = tests;
  found.told = told;
  found.testRuns = reports.cases.length === 0 ? null : runsOf(build, reports);
  found.findings = {
    ...found.findings,
    coverage,
    failedTests: told.failed.slice(0, FAILED_IN_RESULT).map(asFailedTest),
    flakyTests: told.retried.slice(0, FLAKY_IN_RESULT),
  };
  noteUnread(build, notes.slice(0, UNREAD));
  return reports;
}

/** Reports are taken again after every step that failed; what was said of one is not said twice. */
function noteUnread({ found, note, redaction }: BuildContext, notes: readonly string[]): void {
  const clean = notes.map(redaction.text);
  for (const text of clean) if (!found.unreadReports.includes(text)) note('warning', text);
  found.unreadReports = clean;
}

const both = (a: ReportPatterns, b: ReportPatterns): ReportPatterns => ({
  tests: [...a.tests, ...b.tests],
  coverage: [...a.coverage, ...b.coverage],
});

/** The first command of the build: whatever report is older is not of its making. */
function beganAt({ stages, startedAt }: BuildContext): Date {
  const began = stages.list().find((it) => COMMAND_STAGES.some((name) => name === it.name) && it.startedAt !== null);
  return began?.startedAt ? new Date(began.startedAt) : startedAt;
}

function runsOf({ request }: BuildContext, { cases, told }: Reports): TestRuns {
  const known = new Set((request.knownTests ?? []).map((it) => it.name));
  const named = cases.map((it) => ({ name: fullName(it), status: it.status, retried: it.retried }));
  const failed = new Set(named.filter((it) => it.status === 'failed').map((it) => it.name));
  const passed = new Set(
    named.filter((it) => it.status === 'passed' && !it.retried && known.has(it.name)).map((it) => it.name),
  );
  return {
    failed: [...failed].slice(0, FAILED_RUNS),
    // Cases of one name that ended in both ways count as failed.
    passed: [...passed].filter((name) => !failed.has(name)),
    retried: told.retried.filter((name) => !failed.has(name)),
  };
}
