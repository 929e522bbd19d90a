/** TRX, the report of `dotnet test`: results, and the definitions that say to which class each belongs. */
import { type TestCase, type TestReport, testCase } from '../test-case.ts';
import { numberOf, type Tag, tagOf, tagsOf, textOf } from '../xml.ts';

const FAILED = new Set(['Failed', 'Error', 'Timeout', 'Aborted']);
const ALSO_PASSED = new Set(['Passed', 'PassedButRunAborted', 'Warning', 'Completed']);

export function trxReport(root: Tag): TestReport {
  const run = tagOf(root.TestRun);
  const classes = new Map(tagsOf(tagOf(run?.TestDefinitions), 'UnitTest').map((it) => [textOf(it, 'id'), classOf(it)]));
  const cases = tagsOf(tagOf(run?.Results), 'UnitTestResult').map((it) => caseOf(it, classes));
  return { cases, complete: isComplete(tagOf(run?.ResultSummary), cases) };
}

const classOf = (definition: Tag): string => textOf(tagOf(definition.TestMethod), 'className') ?? '';

function caseOf(result: Tag, classes: ReadonlyMap<string | null, string>): TestCase {
  const outcome = textOf(result, 'outcome') ?? '';
  const error = tagOf(tagOf(result.Output)?.ErrorInfo);
  const message = textOf(error, 'Message');
  return testCase({
    suite: classes.get(textOf(result, 'testId')) ?? '',
    name: textOf(result, 'testName') ?? '',
    status: FAILED.has(outcome) ? 'failed' : ALSO_PASSED.has(outcome) ? 'passed' : 'skipped',
    durationMs: durationOf(textOf(result, 'duration')),
    message,
    details: [message, textOf(error, 'StackTrace')].filter((it) => it !== null).join('\n'),
  });
}

/** "00:01:02.5000000" */
function durationOf(text: string | null): number | null {
  const [, hours, minutes, seconds] = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(text ?? '') ?? [];
  if (seconds === undefined) return null;
  return Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000);
}

/** A host that crashed is told of beside the results; xunit tells of every test that failed there as well. */
function isComplete(summary: Tag | undefined, cases: readonly TestCase[]): boolean {
  const counters = tagOf(summary?.Counters);
  const count = (name: string) => numberOf(counters, name) ?? 0;
  const failed = cases.filter((it) => it.status === 'failed').length;
  const claimed = count('failed') + count('error') + count('timeout') + count('aborted');
  const troubles = tagsOf(tagOf(summary?.RunInfos), 'RunInfo').filter((it) => textOf(it, 'outcome') === 'Error');
  const unknown = troubles.filter((it) => !/\[FAIL\]\s*$/.test(textOf(it, 'Text') ?? ''));
  const ended = !['Aborted', 'Error', 'Timeout'].includes(textOf(summary, 'outcome') ?? 'Aborted');
  return ended && claimed <= failed && unknown.length === 0 && count('total') <= cases.length;
}
