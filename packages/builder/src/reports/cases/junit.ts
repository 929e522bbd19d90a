/** JUnit XML as Surefire, jest-junit, gtest and pytest write it: suites in suites, and cases with what became of them. */
import { type TestCase, type TestReport, testCase } from '../test-case.ts';
import { numberOf, type Tag, tagsOf, textOf } from '../xml.ts';

const BAD = ['failure', 'error'] as const;
/** What Surefire writes of a case that failed and passed when it was tried again. */
const OVERCOME = ['flakyFailure', 'flakyError'] as const;

export function junitReport(root: Tag): TestReport {
  const outer = tagsOf(root, 'testsuites');
  const suites = [...tagsOf(root, 'testsuite'), ...outer.flatMap((it) => tagsOf(it, 'testsuite'))];
  const reports = suites.map(suiteReport);
  return { cases: reports.flatMap((it) => it.cases), complete: reports.every((it) => it.complete) };
}

function suiteReport(suite: Tag): TestReport {
  const inner = tagsOf(suite, 'testsuite').map(suiteReport);
  const name = textOf(suite, 'name') ?? '';
  const own = tagsOf(suite, 'testcase').map((it) => caseOf(it, name));
  const cases = [...own, ...inner.flatMap((it) => it.cases)];
  const failed = cases.filter((it) => it.status === 'failed').length;
  const claimed = (numberOf(suite, 'failures') ?? 0) + (numberOf(suite, 'errors') ?? 0);
  // A set-up that failed is counted by the suite, and by none of its cases.
  return { cases, complete: claimed <= failed && inner.every((it) => it.complete) };
}

function caseOf(tag: Tag, suite: string): TestCase {
  const bad = BAD.flatMap((name) => tagsOf(tag, name)).at(0);
  const skipped = tag.skipped !== undefined || ['notrun', 'skipped'].includes(textOf(tag, 'status') ?? '');
  const seconds = numberOf(tag, 'time');
  const message = bad && textOf(bad, 'message');
  const details = bad && textOf(bad, '#text');
  return testCase({
    suite: textOf(tag, 'classname') ?? suite,
    name: textOf(tag, 'name') ?? '',
    status: bad ? 'failed' : skipped ? 'skipped' : 'passed',
    durationMs: seconds === null ? null : Math.round(seconds * 1000),
    message: bad ? (message ?? textOf(bad, 'type') ?? details) : null,
    details: details ?? message ?? null,
    file: textOf(tag, 'file'),
    line: numberOf(tag, 'line') ?? numberOf(tag, 'lineno'),
    retried: !bad && OVERCOME.some((name) => tagsOf(tag, name).length > 0),
  });
}
